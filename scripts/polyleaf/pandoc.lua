-- Many conversions in one run of pandoc. Starting pandoc and loading its readers costs more than converting, and
-- reading each text by itself keeps one text from closing or opening anything in the next.

-- Reader: JSON [[format, text], ...] becomes one Div a text. The format "citeproc" takes a tree as JSON and sets
-- its citations.
function Reader(input)
  local made = {}
  for index, job in ipairs(pandoc.json.decode(tostring(input), false)) do
    local doc
    if job[1] == 'citeproc' then
      doc = pandoc.utils.citeproc(pandoc.read(job[2], 'json'))
    else
      doc = pandoc.read(job[2], job[1])
    end
    made[index] = pandoc.Div(doc.blocks)
  end
  return pandoc.Pandoc(made)
end

-- Writer: one Div a text becomes JSON [html, ...]. A formula becomes letters and raised numbers, which paper and every
-- reading voice can do; pandoc warns of one that cannot (a fraction), and `pandoc.py` refuses it.
function Writer(doc)
  local options = {section_divs = true, wrap_text = 'none', html_math_method = 'plain'}
  local made = {}
  for index, part in ipairs(doc.blocks) do
    made[index] = pandoc.write(pandoc.Pandoc(part.content), 'html5', options)
  end
  return pandoc.json.encode(made)
end
