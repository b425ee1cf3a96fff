"""XMP metadata (ISO 16684-1) that WeasyPrint does not write: which leaflet it is, language, the claim of PDF/UA-1."""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import escape

END_OF_METADATA = b"</rdf:RDF>"
END_OF_DESCRIPTION = b"</rdf:Alt></dc:description>"

LANGUAGE = """<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language></rdf:Description>"""
DESCRIPTION = """<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{text}</rdf:li>{passage}</rdf:Alt></dc:description>
</rdf:Description>"""
PASSAGE = '<rdf:li xml:lang="{language}">{text}</rdf:li>'
IDENTIFIER = """<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/">
<dc:identifier>{identifier}</dc:identifier><xmpMM:DocumentID>{identifier}</xmpMM:DocumentID></rdf:Description>"""
VERSION = """<rdf:Description rdf:about="" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/">
<xmpMM:VersionID>{version}</xmpMM:VersionID></rdf:Description>"""
PDF_UA = """<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
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
"""The claim of PDF/UA-1, and the extension schema (ISO 19005-2, 6.6.2.3.3) for its property (ISO 14289-1, 5)."""


@dataclass(frozen=True, slots=True)
class Properties:
    """What a file says of the leaflet in it: the *identifier* that all its versions have, and the *version*.

    *source_description* says in the language with the tag *source_language* which leaflet and translation it is.
    Each is empty where there is none.
    """

    identifier: str = ""
    version: str = ""
    source_description: str = ""
    source_language: str = ""


def add_declarations(metadata: bytes, language: str, properties: Properties) -> bytes:
    """Return *metadata*, as WeasyPrint writes it, with the *language* (BCP 47), *properties* and claim of PDF/UA-1."""
    parts = [LANGUAGE.format(language=language), PDF_UA]
    if properties.identifier:
        parts.append(IDENTIFIER.format(identifier=escape(properties.identifier)))
    if properties.version:
        parts.append(VERSION.format(version=escape(properties.version)))
    if properties.source_description:
        text = escape(properties.source_description)
        passage = PASSAGE.format(language=properties.source_language, text=text)
        if END_OF_DESCRIPTION in metadata:
            metadata = metadata.replace(END_OF_DESCRIPTION, passage.encode() + END_OF_DESCRIPTION)
        else:
            parts.append(DESCRIPTION.format(text=text, passage=passage))
    return metadata.replace(END_OF_METADATA, "".join(parts).encode() + END_OF_METADATA)
