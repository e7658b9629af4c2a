"""Reads HTML into a tree, and tells what a browser would have to forgive."""

import re
from collections.abc import Mapping
from functools import cache
from xml.etree.ElementTree import Element, TreeBuilder

import html5lib
from lxml import etree

VALUES = re.compile(r'="[^"]*"')
REFERENCES = re.compile(r"&#?\w*[;=]?")
BLANKS = re.compile(r">\s+")
WORDS = re.compile(r">[^<>&]+")
NO_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")  # what no page may hold


class _Tree(TreeBuilder):
    """Builds the standard library's elements of what libxml2 reads."""

    def start(self, tag: str, attrs: Mapping[str, str], /) -> Element:
        return super().start(tag, dict(attrs))


def read(html: str) -> Element:
    """The elements of a valid page; libxml2 takes a tenth of html5lib's time. Ask `faults()` whether it is valid."""
    parser = etree.HTMLParser(target=_Tree(), encoding="utf-8")
    parser.feed(html.encode())
    root: Element = parser.close()
    return root


def read_piece(html: str) -> tuple[Element, list[str]]:
    """The elements of a piece of a page, and what is wrong with it."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root: Element = parser.parseFragment(html)
    return root, [error[1] for error in parser.errors]


def faults(html: str) -> list[str]:
    """What is wrong with a page by the HTML standard.

    Pages of one shape, which differ in nothing but words and values, are read once: neither can make a page invalid
    that is valid with others, for every `&` is part of the shape, and a page that holds what is no text is read whole.
    """
    if NO_TEXT.search(html):
        return _faults_of_shape(html)
    return _faults_of_shape(WORDS.sub(">x", BLANKS.sub(">", VALUES.sub(_hollow, html))))


def _hollow(value: re.Match[str]) -> str:
    return f'="{"".join(REFERENCES.findall(value[0]))}"'


@cache
def _faults_of_shape(shape: str) -> list[str]:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    parser.parse(shape)
    return [error[1] for error in parser.errors]
