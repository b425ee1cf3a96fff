"""Conformance to PDF/A-2a and PDF/UA-1 at once, declared in the XMP metadata: WeasyPrint can declare only one of them.

Works on WeasyPrint's objects before they are written, as `formats.pdf.tags` does. The extension schema is that of
ISO 19005-2, 6.6.2.3.3, for the one property of ISO 14289-1, 5.
"""

from __future__ import annotations

from typing import Any

VARIANT = "pdf/a-2a"
"""What WeasyPrint is asked for; PDF/UA-1 is added to it."""

END = b"</rdf:RDF>"
LANGUAGE = """<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language></rdf:Description>"""
ACCESSIBLE = """<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""


def declare(pdf: Any, language: str) -> None:  # noqa: ANN401 - WeasyPrint brings no types
    """Declare in the XMP metadata of *pdf* its *language* (BCP 47) and that it conforms to PDF/UA-1.

    Images no longer ask to be smoothed, which PDF/A forbids (ISO 19005-2, 6.2.8).
    """
    objects = {item.reference: item for item in pdf.objects if item.number}
    metadata = objects[pdf.catalog["Metadata"]].stream
    declarations = (LANGUAGE.format(language=language) + ACCESSIBLE).encode()
    metadata[0] = metadata[0].replace(END, declarations + END)
    for item in objects.values():
        getattr(item, "extra", {}).pop("Interpolate", None)
