"""Outlines as lists of points on a sheet of 100 x 100 units (y grows downwards), and ways to bend and place them."""

import math
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from random import Random

Point = tuple[float, float]
Shape = list[Point]
Weights = tuple[float, float, float, float]  # of four neighbours on a curve


def outline(listed: str) -> Shape:
    """The points of a list such as "10,20 30,40.5", written as in an SVG polygon."""
    return [(float(x), float(y)) for x, y in (pair.split(",") for pair in listed.split())]


def curve(listed: str, closed: bool = True, steps: int = 10) -> Shape:
    """The soft curve through the listed points."""
    return smooth(outline(listed), closed, steps)


def ellipse(x: float, y: float, rx: float, ry: float, turn: float = 0, steps: int = 72) -> Shape:
    """An ellipse around (x, y), turned clockwise by `turn` degrees."""
    points = [(x + rx * cos, y + ry * sin) for cos, sin in _circle(steps)]
    return turned(points, turn, (x, y)) if turn else points


@cache
def _circle(steps: int) -> Shape:
    return arc(0, 0, 1, 1, 0, 360, steps=steps)[:-1]


def arc(x: float, y: float, rx: float, ry: float, start: float, end: float, turn: float = 0, steps: int = 36) -> Shape:
    """The part of an ellipse from `start` to `end` degrees, clockwise from the right."""
    angles = [math.radians(start + (end - start) * step / steps) for step in range(steps + 1)]
    points = [(x + rx * math.cos(angle), y + ry * math.sin(angle)) for angle in angles]
    return turned(points, turn, (x, y)) if turn else points


def box(left: float, top: float, right: float, bottom: float, radius: float = 0) -> Shape:
    """A rectangle with round corners."""
    if not radius:
        return [(left, top), (right, top), (right, bottom), (left, bottom)]
    corners = [(right, top, -90), (right, bottom, 0), (left, bottom, 90), (left, top, 180)]
    shape: Shape = []
    for x, y, start in corners:
        centre_x = left + radius if x == left else right - radius
        centre_y = top + radius if y == top else bottom - radius
        shape += arc(centre_x, centre_y, radius, radius, start, start + 90, steps=10)
    return shape


def smooth(points: Sequence[Point], closed: bool = True, steps: int = 10) -> Shape:
    """A soft curve through all points (Catmull-Rom)."""
    count = len(points)
    last = count if closed else count - 1
    curve: Shape = []
    for i in range(last):
        if closed:
            a, b, c, d = (points[(i + offset) % count] for offset in (-1, 0, 1, 2))
        else:
            a, b, c, d = (points[min(max(i + offset, 0), count - 1)] for offset in (-1, 0, 1, 2))
        curve += [_between(a, b, c, d, weights) for weights in _weights(steps)]
    return curve if closed else [*curve, points[-1]]


def _between(a: Point, b: Point, c: Point, d: Point, weights: Weights) -> Point:
    of_a, of_b, of_c, of_d = weights
    return (
        (of_a * a[0] + of_b * b[0] + of_c * c[0] + of_d * d[0]) / 2,
        (of_a * a[1] + of_b * b[1] + of_c * c[1] + of_d * d[1]) / 2,
    )


@cache
def _weights(steps: int) -> list[Weights]:
    times = [step / steps for step in range(steps)]
    return [(-t + 2 * t**2 - t**3, 2 - 5 * t**2 + 3 * t**3, t + 4 * t**2 - 3 * t**3, -(t**2) + t**3) for t in times]


def turned(points: Iterable[Point], degrees: float, about: Point = (50, 50)) -> Shape:
    """The points turned clockwise about a point."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    x0, y0 = about
    return [(x0 + (x - x0) * cos - (y - y0) * sin, y0 + (x - x0) * sin + (y - y0) * cos) for x, y in points]


def moved(points: Iterable[Point], dx: float, dy: float, scale: float = 1, about: Point = (50, 50)) -> Shape:
    """The points scaled about a point, then shifted."""
    x0, y0 = about
    return [(x0 + (x - x0) * scale + dx, y0 + (y - y0) * scale + dy) for x, y in points]


def mirrored(points: Iterable[Point], axis: float = 50) -> Shape:
    """The points seen in a mirror standing at x = axis."""
    return [(2 * axis - x, y) for x, y in points]


def symmetric(half: Sequence[Point], axis: float = 50) -> Shape:
    """A closed outline from its right half, listed from top to bottom."""
    return [*half, *reversed(mirrored(half, axis))]


def leaf(x: float, y: float, length: float, width: float, turn: float) -> Shape:
    """A pointed leaf whose stalk is at (x, y) and whose tip lies `length` away in the direction `turn`."""
    half = outline("0,0 0.25,0.42 0.55,0.5 0.82,0.26 1,0")
    upper = [(x + along * length, y - aside * width) for along, aside in half]
    lower = [(x + along * length, y + aside * width) for along, aside in reversed(half[1:-1])]
    return turned(smooth(upper + lower, steps=5), turn, (x, y))


def egg(x: float, y: float, height: float, turn: float = 0) -> Shape:
    """The outline of an egg, its narrow end up."""
    half = outline("0,-0.53 0.21,-0.45 0.34,-0.22 0.39,0.08 0.32,0.34 0.16,0.47 0,0.5")
    points = [(x + px * height, y + py * height) for px, py in half]
    return turned(smooth([*points, *reversed(mirrored(points[1:-1], x))], steps=6), turn, (x, y))


def lump(random: Random, x: float, y: float, rx: float, ry: float, rough: float = 0.1, corners: int = 9) -> Shape:
    """An uneven round shape, like something formed by hand."""
    points = []
    for corner in range(corners):
        angle = 2 * math.pi * corner / corners
        reach = 1 + random.uniform(-rough, rough)
        points.append((x + rx * reach * math.cos(angle), y + ry * reach * math.sin(angle)))
    return smooth(points)


def ruffle(random: Random, x: float, y: float, radius: float, waves: int, depth: float, flat: float = 1) -> Shape:
    """A round shape with a wavy edge, like lettuce."""
    phase = random.uniform(0, 6)
    points = []
    for step in range(waves * 12):
        angle = 2 * math.pi * step / (waves * 12)
        reach = radius * (1 + depth * math.sin(waves * angle + phase) + depth * 0.6 * math.sin(2.3 * waves * angle))
        points.append((x + reach * math.cos(angle), y + flat * reach * math.sin(angle)))
    return points


def along(path: Sequence[Point], spacing: float) -> list[tuple[float, float, float]]:
    """Evenly spaced places on a path: x, y and the direction in degrees."""
    places, left = [], 0.0
    for (x1, y1), (x2, y2) in pairwise(path):
        length = math.hypot(x2 - x1, y2 - y1)
        while length and left <= length:
            part = left / length
            places.append((x1 + (x2 - x1) * part, y1 + (y2 - y1) * part, math.degrees(math.atan2(y2 - y1, x2 - x1))))
            left += spacing
        left -= length
    return places
