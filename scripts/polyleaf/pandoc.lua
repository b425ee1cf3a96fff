-- Batches of conversions, in a pandoc that stays for more of them. Starting pandoc costs more than converting, and reading
-- each text by itself keeps one text from closing or opening anything in the next.

-- The files that a reader may open: given any, pandoc reads in its sandbox.
local NOTHING = {}

local OPTIONS = {section_divs = true, wrap_text = 'none', html_math_method = 'plain'}

-- The extensions that `pandoc.py` names, and pandoc takes most of its time for a short text to look up, are about these
-- signs alone: TeX, formulas, macros, links, images, title blocks and metadata.
local function simplest(format, text)
  local is_same = not text:find('[\\$%%%[!]') and not text:find('---', 1, true)
  return is_same and format:find('^markdown%+') and 'markdown' or format
end

-- Reads: JSON [[format, text, whether formulas are tried], ...] becomes the JSON of a document with one Div a text. The
-- number of each text goes to the standard error before it is read: where pandoc is stopped, it tells at which. The format
-- "citeproc" takes a tree as JSON and sets its citations. Of a formula that is tried and cannot be written, pandoc warns.
local function read(request)
  local results = {}
  for index, job in ipairs(pandoc.json.decode(request, false)) do
    io.stderr:write('\30', index, '\n')
    local doc
    if job[1] == 'citeproc' then
      doc = pandoc.utils.citeproc(pandoc.read(job[2], 'json', nil, NOTHING))
    else
      doc = pandoc.read(job[2], simplest(job[1], job[2]), nil, NOTHING)
    end
    if job[3] then
      doc:walk {Math = function(formula) pandoc.write(pandoc.Pandoc {pandoc.Plain {formula}}, 'html5', OPTIONS) end}
    end
    results[index] = pandoc.Div(doc.blocks)
  end
  return pandoc.write(pandoc.Pandoc(results), 'json')
end

-- The labels of a list, of which pandoc's HTML writer keeps the letter or number. Classes say what the style sheet has to
-- know beside that: `lower-alpha-one-paren` makes `c)`, which would be `c.`; `wide-labels` makes room.
local STYLES = {
  LowerAlpha = 'lower-alpha', UpperAlpha = 'upper-alpha', LowerRoman = 'lower-roman', UpperRoman = 'upper-roman'
}
local DELIMITERS = {OneParen = 'one-paren', TwoParens = 'two-parens'}
local ALPHABET = 26

local function length_of(style, number)
  if style == 'LowerAlpha' or style == 'UpperAlpha' then
    return number > ALPHABET and 2 or 1
  end
  local is_roman = style == 'LowerRoman' or style == 'UpperRoman'
  return #(is_roman and pandoc.utils.to_roman_numeral(number) or tostring(number))
end

local function classes_of(list)
  local classes, longest = {}, 0
  for index = 0, #list.content - 1 do
    longest = math.max(longest, length_of(list.style, list.start + index))
  end
  longest = longest + (list.delimiter == 'TwoParens' and 2 or 1)
  if DELIMITERS[list.delimiter] then
    table.insert(classes, (STYLES[list.style] or 'decimal') .. '-' .. DELIMITERS[list.delimiter])
  end
  if longest > 3 then
    table.insert(classes, longest > 5 and 'widest-labels' or 'wide-labels')
  end
  return table.concat(classes, ' ')
end

local function with_classes(list)
  local classes = classes_of(list)
  if classes == '' then
    return nil
  end
  local html = pandoc.write(pandoc.Pandoc {list}, 'html5', OPTIONS)
  local tag = html:match('^<ol[^>]*>'):gsub(' class="example"', '')  -- pandoc's name of a list of examples
  return pandoc.RawBlock('html', '<ol class="' .. classes .. '"' .. tag:sub(4) .. html:gsub('^<ol[^>]*>', '', 1))
end

-- Writes: a document as JSON, with one Div a text, becomes JSON [html, ...]. A formula becomes letters and raised numbers,
-- which paper and every screen reader can do; pandoc warns of one that cannot (a fraction), and `pandoc.py` refuses it.
local function write(request)
  local results = {}
  for index, part in ipairs(pandoc.read(request, 'json', nil, NOTHING).blocks) do
    local blocks = part.content:walk {OrderedList = with_classes}
    results[index] = pandoc.write(pandoc.Pandoc(blocks), 'html5', OPTIONS)
  end
  return pandoc.json.encode(results)
end

-- A request is a line: its name, a space, and what is given to its function. The answer is a line of JSON after "ok ", or
-- a message as JSON after "error "; then a line on the standard error, with the processor time taken until now, ends it.
local REQUESTS = {read = read, write = write}

for line in io.stdin:lines() do
  local name, request = line:match('^(%a+) (.*)$')
  local is_done, result = pcall(REQUESTS[name], request)
  io.stdout:write(is_done and 'ok ' or 'error ', is_done and result or pandoc.json.encode(tostring(result)), '\n')
  io.stdout:flush()
  io.stderr:write('\4', os.clock(), '\n')
end
