"""Faults of other programs in a Word document that Word repairs, mended on the way in.

In: a package. Out: the same package; a part without such a fault keeps its bytes.
"""

from __future__ import annotations

import re

from toolkit.office.package.markup import Element, q
from toolkit.office.package.package import Package

_SETTINGS = """
writeProtection view zoom removePersonalInformation removeDateAndTime doNotDisplayPageBoundaries
displayBackgroundShape printPostScriptOverText printFractionalCharacterWidth printFormsData
embedTrueTypeFonts embedSystemFonts saveSubsetFonts saveFormsData mirrorMargins
alignBordersAndEdges bordersDoNotSurroundHeader bordersDoNotSurroundFooter gutterAtTop
hideSpellingErrors hideGrammaticalErrors activeWritingStyle proofState formsDesign
attachedTemplate linkStyles stylePaneFormatFilter stylePaneSortMethod documentType mailMerge
revisionView trackRevisions doNotTrackMoves doNotTrackFormatting documentProtection
autoFormatOverride styleLockTheme styleLockQFSet defaultTabStop autoHyphenation
consecutiveHyphenLimit hyphenationZone doNotHyphenateCaps showEnvelope summaryLength
clickAndTypeStyle defaultTableStyle evenAndOddHeaders bookFoldRevPrinting bookFoldPrinting
bookFoldPrintingSheets drawingGridHorizontalSpacing drawingGridVerticalSpacing
displayHorizontalDrawingGridEvery displayVerticalDrawingGridEvery
doNotUseMarginsForDrawingGridOrigin drawingGridHorizontalOrigin drawingGridVerticalOrigin
doNotShadeFormData noPunctuationKerning characterSpacingControl printTwoOnOne
strictFirstAndLastChars noLineBreaksAfter noLineBreaksBefore savePreviewPicture
doNotValidateAgainstSchema saveInvalidXml ignoreMixedContent alwaysShowPlaceholderText
doNotDemarcateInvalidXml saveXmlDataOnly useXSLTWhenSaving saveThroughXslt showXMLTags
alwaysMergeEmptyNamespace updateFields hdrShapeDefaults footnotePr endnotePr compat docVars rsids
m:mathPr attachedSchema themeFontLang clrSchemeMapping doNotIncludeSubdocsInStats
doNotAutoCompressPictures forceUpgrade captions readModeInkLockDown smartTagType
sl:schemaLibrary shapeDefaults doNotEmbedSmartTags decimalSymbol listSeparator
"""
_RANK = {name.partition(":")[2] or name: rank for rank, name in enumerate(_SETTINGS.split())}
_LAST = len(_RANK)  # Microsoft's later settings follow all others, the older ones first
_UNSIGNED = re.compile(rb'(?<=charSpace=")[0-9]{10}(?=")')
_ID, _VALUE = q("w15:docId"), q("w15:val")
_COMPATIBLE, _W14 = q("mc:"), q("w14:")


def mend(package: Package) -> None:
    """Mend the document's grids and the order of its settings."""
    _sign_grids(package, package.main)
    for name in package.related(package.main, "settings"):
        if name in package:
            _mend_settings(package, name)


def _sign_grids(package: Package, name: str) -> None:
    """Write the spacing of a grid as the negative number that LibreOffice means."""
    data = package.read(name)
    if b'charSpace="4' in data and (mended := _UNSIGNED.sub(_signed, data)) != data:
        package.write(name, mended)


def _signed(found: re.Match[bytes]) -> bytes:
    number = int(found.group())
    return str(number - (1 << 32)).encode() if 1 << 31 <= number < 1 << 32 else found.group()


def _mend_settings(package: Package, name: str) -> None:
    root = package.tree(name)
    items = [item for item in root if isinstance(item.tag, str)]
    ranks = _ranks(items)
    small = [item for item in items if item.tag == _ID and _value(item) != _value(item).upper()]
    for item in small:
        item.set(_VALUE, _value(item).upper())
    if ranks != sorted(ranks):
        order = sorted(range(len(items)), key=ranks.__getitem__)
        root[:] = [items[place] for place in order]
    elif not small:
        return
    package.store(name)


def _ranks(items: list[Element]) -> list[int]:
    """The places of settings in their order; what may stand anywhere stays behind its neighbour."""
    ranks, rank = [], 0
    for item in items:
        if not item.tag.startswith(_COMPATIBLE):
            rank = _RANK.get(item.tag.rpartition("}")[2], _LAST + (not item.tag.startswith(_W14)))
        ranks.append(rank)
    return ranks


def _value(item: Element) -> str:
    return item.get(_VALUE) or ""
