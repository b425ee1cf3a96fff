-- Batches of conversions in one run of pandoc. Starting pandoc and loading its readers costs more than converting, and
-- reading each text by itself keeps one text from closing or opening anything in the next.

-- Reader: JSON [[format, text], ...] becomes one Div a text. The format "citeproc" takes a tree as JSON and sets
-- its citations.
function Reader(input)
  local results = {}
  for index, job in ipairs(pandoc.json.decode(tostring(input), false)) do
    local doc
    if job[1] == 'citeproc' then
      doc = pandoc.utils.citeproc(pandoc.read(job[2], 'json'))
    else
      doc = pandoc.read(job[2], job[1])
    end
    results[index] = pandoc.Div(doc.blocks)
  end
  return pandoc.Pandoc(results)
end

-- Writer: one Div a text becomes JSON [html, ...]. A formula becomes letters and raised numbers, which paper and every
-- screen reader can do; pandoc warns of one that cannot (a fraction), and `pandoc.py` refuses it.
function Writer(doc)
  local options = {section_divs = true, wrap_text = 'none', html_math_method = 'plain'}
  local results = {}
  for index, part in ipairs(doc.blocks) do
    results[index] = pandoc.write(pandoc.Pandoc(part.content), 'html5', options)
  end
  return pandoc.json.encode(results)
end
