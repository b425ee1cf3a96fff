-- Batches of conversions in one run of pandoc. Starting pandoc and loading its readers costs more than converting, and
-- reading each text by itself keeps one text from closing or opening anything in the next.

local OPTIONS = {section_divs = true, wrap_text = 'none', html_math_method = 'plain'}

-- The number of each text goes to the standard error before it is read: where pandoc is stopped, it tells at which.
--
-- Reader: JSON [[format, text, whether formulas are tried], ...] becomes one Div a text. The format "citeproc" takes a
-- tree as JSON and sets its citations. Of a formula that is tried and cannot be written, pandoc warns.
function Reader(input)
  local results = {}
  for index, job in ipairs(pandoc.json.decode(tostring(input), false)) do
    io.stderr:write('\30', index, '\n')
    local doc
    if job[1] == 'citeproc' then
      doc = pandoc.utils.citeproc(pandoc.read(job[2], 'json'))
    else
      doc = pandoc.read(job[2], job[1])
    end
    if job[3] then
      doc:walk {Math = function(formula) pandoc.write(pandoc.Pandoc {pandoc.Plain {formula}}, 'html5', OPTIONS) end}
    end
    results[index] = pandoc.Div(doc.blocks)
  end
  return pandoc.Pandoc(results)
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

-- Writer: one Div a text becomes JSON [html, ...]. A formula becomes letters and raised numbers, which paper and every
-- screen reader can do; pandoc warns of one that cannot (a fraction), and `pandoc.py` refuses it.
function Writer(doc)
  local results = {}
  for index, part in ipairs(doc.blocks) do
    local blocks = part.content:walk {OrderedList = with_classes}
    results[index] = pandoc.write(pandoc.Pandoc(blocks), 'html5', OPTIONS)
  end
  return pandoc.json.encode(results)
end
