"""A sheet of 100 x 100 units and the means all drawings share: flat, rounded and soft shapes, lines, words."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from marketplace.demo.drawings.colours import Colour, darker, lighter, tinted
from marketplace.demo.drawings.grains import grain
from marketplace.demo.drawings.shapes import Point, Shape

Box = tuple[int, int, int, int]
Program = Callable[["Canvas"], None]

SUPERSAMPLING = 2
_EXPOSURE = [round(255 * min(1, level / 243) ** 0.8) for level in range(256)]  # brighter, most of all in the shade
_VIVID = (1.2, -0.15, -0.05, 0, -0.07, 1.12, -0.05, 0, -0.07, -0.15, 1.22, 0)  # the sums stay 1: greys stay grey
_SHADE = [min(255, 60 + round(level * 1.53)) for level in range(256)]  # relief below 128 darkens a cover
_SHINE = [max(0, level - 128) * 2 // 3 for level in range(256)]  # relief above 128 brightens it
COARSE = 4  # soft things (shadows, roundness) are computed on a sheet this many times smaller


@dataclass(frozen=True)
class Pose:
    """Where the next shapes go: from units to pixels, as the six numbers of an affine map."""

    size: float  # pixels that a unit is long
    xx: float
    xy: float
    x0: float
    yx: float
    yy: float
    y0: float

    def __call__(self, shape: Iterable[Point]) -> Shape:
        """The points where they lie on the picture."""
        xx, xy, x0, yx, yy, y0 = self.xx, self.xy, self.x0, self.yx, self.yy, self.y0
        return [(x * xx + y * xy + x0, x * yx + y * yy + y0) for x, y in shape]

    def within(self, dx: float = 0, dy: float = 0, scale: float = 1, turn: float = 0, mirror: bool = False) -> "Pose":
        """The pose of what is mirrored, turned and scaled about the middle of this sheet, then shifted."""
        cos, sin, flip = scale * math.cos(math.radians(turn)), scale * math.sin(math.radians(turn)), 1 - 2 * mirror
        xx, xy = flip * (self.xx * cos + self.xy * sin), self.xy * cos - self.xx * sin
        yx, yy = flip * (self.yx * cos + self.yy * sin), self.yy * cos - self.yx * sin
        [(x, y)] = self([(50 + dx, 50 + dy)])
        return Pose(self.size * scale, xx, xy, x - 50 * (xx + xy), yx, yy, y - 50 * (yx + yy))


def upright(unit: float) -> Pose:
    """The pose of a sheet whose units are `unit` pixels long."""
    return Pose(unit, unit, 0, 0, 0, unit, 0)


class Canvas:
    """A square picture under way: `side` pixels when finished, every edge drawn larger and scaled down."""

    def __init__(self, side: int, random: Random) -> None:
        self.side = side
        self.random = random
        self.image = Image.new("RGB", (side, side))
        askew = random.uniform(-2.5, 2.5), random.uniform(-2, 2), random.uniform(0.93, 1.02)
        self.pose = upright(side / 100).within(*askew)

    @contextmanager
    def posed(
        self, dx: float = 0, dy: float = 0, scale: float = 1, turn: float = 0, mirror: bool = False
    ) -> Iterator[None]:
        """Draw the shapes of this block elsewhere, smaller, turned or mirrored; the light stays where it is."""
        before, self.pose = self.pose, self.pose.within(dx, dy, scale, turn, mirror)
        yield
        self.pose = before

    def spread(self, picture: Image.Image) -> None:
        """Cover the sheet with a picture."""
        self.image.paste(picture.resize((self.side, self.side)))

    def fill(self, shape: Shape, colour: Colour) -> None:
        """A flat shape."""
        shape = self.pose(shape)
        bounds = self._bounds(shape, 0)
        if bounds:
            self.image.paste(colour, bounds, self._mask(shape, bounds))

    def strew(self, shapes: Sequence[Shape], colour: Colour) -> None:
        """Many small flat shapes of one colour, painted at once: much faster than one by one."""
        everything = self.pose(chain.from_iterable(shapes))
        bounds = self._bounds(everything, 0) if everything else None
        if bounds is None:
            return
        mask, points = self._sheet(everything, bounds)
        pen, start = ImageDraw.Draw(mask), 0
        for shape in shapes:
            pen.polygon(points[start : start + len(shape)], 255)
            start += len(shape)
        self.image.paste(colour, bounds, mask.reduce(SUPERSAMPLING))

    def dot(self, x: float, y: float, radius: float, colour: Colour) -> None:
        """A flat disc."""
        [(x, y)], radius = self.pose([(x, y)]), radius * self.pose.size
        corners = [(x - radius, y - radius), (x + radius, y + radius)]
        bounds = self._bounds(corners, 0)
        if bounds:
            mask, corners = self._sheet(corners, bounds)
            ImageDraw.Draw(mask).ellipse(corners, 255)
            self.image.paste(colour, bounds, mask.reduce(SUPERSAMPLING))

    def line(self, path: Sequence[Point], colour: Colour, width: float = 0.4) -> None:
        """A line with round joints."""
        path, width = self.pose(path), width * self.pose.size
        bounds = self._bounds(path, width)
        if bounds:
            mask, points = self._sheet(path, bounds)
            wide = max(1, round(width * SUPERSAMPLING))
            ImageDraw.Draw(mask).line(points, 255, wide, joint="curve" if wide > 2 else None)
            self.image.paste(colour, bounds, mask.reduce(SUPERSAMPLING))

    def stitches(self, path: Sequence[Point], colour: Colour, width: float = 0.35, dash: int = 2) -> None:
        """A dashed line along the points of a path."""
        for start in range(0, len(path) - 1, dash * 2):
            self.line(path[start : start + dash + 1], colour, width)

    def write(self, x: float, y: float, words: str, height: float, colour: Colour) -> None:
        """Words centred on (x, y)."""
        [(x, y)] = self.pose([(x, y)])
        font = ImageFont.load_default(height * self.pose.size)
        ImageDraw.Draw(self.image).text((x, y), words, colour, font, anchor="mm", align="center")

    def solid(
        self,
        shape: Shape,
        colour: Colour,
        bulge: float = 3,
        depth: float = 1,
        rough: float = 0,
        polish: float = 0,
        within: Shape | None = None,
    ) -> None:
        """A rounded body lit from the upper left.

        `bulge` is the width of its curved rim in units, `depth` the strength of light and shade, `rough` that of
        the grain, `polish` that of the bands of light and dark that polished metal mirrors (0 to 60).
        """
        shape, bulge = self.pose(shape), bulge * self.pose.size
        bounds = self._bounds(shape, 0)
        if bounds is None:
            return
        shade = self._relief(shape, bounds, bulge, depth)
        if rough:
            specks = grain(self.side).crop(bounds).point(_faint(rough, 128))
            shade = ImageChops.add(shade, specks, 1, -128)
        if polish:
            shade = shade.point([round(level + polish * math.sin((level - 128) / 17)) for level in range(256)])
        tones = tinted(shade, darker(colour, 0.75), lighter(colour, 0.75), colour)
        self.image.paste(tones, bounds, self._mask(shape, bounds, within))

    def paste(self, picture: Image.Image, shape: Shape, bulge: float = 3, depth: float = 1) -> None:
        """A rounded body covered with a picture (stretched over its bounds): woven, printed or turned from wood."""
        shape, bulge = self.pose(shape), bulge * self.pose.size
        bounds = self._bounds(shape, 0)
        if bounds is None:
            return
        left, top, right, bottom = bounds
        cover = picture.resize((right - left, bottom - top), Image.Resampling.BILINEAR)
        shade = self._relief(shape, bounds, bulge, depth)
        dark, light = shade.point(_SHADE), shade.point(_SHINE)
        shaded = ImageChops.multiply(cover, Image.merge("RGB", (dark, dark, dark)))
        shaded = ImageChops.screen(shaded, Image.merge("RGB", (light, light, light)))
        self.image.paste(shaded, bounds, self._mask(shape, bounds))

    def haze(self, shape: Shape, colour: Colour, blur: float, strength: float, within: Shape | None = None) -> None:
        """A soft-edged shape; `strength` 0 to 1, `within` another shape if given."""
        shape, blur = self.pose(shape), blur * self.pose.size
        bounds = self._bounds(shape, 2.5 * blur)
        if bounds is None:
            return
        left, top, right, bottom = bounds
        coarse = self._coarse(shape, bounds, blur).point(_faint(strength, 0))
        mask = coarse.resize((right - left, bottom - top), Image.Resampling.BILINEAR)
        if within:
            mask = ImageChops.multiply(mask, self._mask(self.pose(within), bounds))
        self.image.paste(colour, bounds, mask)

    def shadow(self, shape: Shape, dx: float = 1.5, dy: float = 2, blur: float = 2, strength: float = 0.5) -> None:
        """The soft shadow that a shape throws to the lower right."""
        self.haze([(x + dx, y + dy) for x, y in shape], (30, 16, 8), blur, strength)

    def finished(self) -> Image.Image:
        """The picture at its final size, in warm light that falls off towards the corners."""
        place = self.random.uniform(-0.08, 0.02), self.random.uniform(-0.08, 0.02)
        light = Image.radial_gradient("L").transform((64, 64), Image.Transform.AFFINE, _window(place))
        warm = tinted(light, (255, 252, 244), (206, 184, 162))
        vivid = self.image.point(_EXPOSURE * 3).convert("RGB", _VIVID)
        return ImageChops.multiply(vivid, warm.resize(vivid.size, Image.Resampling.BILINEAR))

    def _bounds(self, shape: Shape, margin: float) -> Box | None:
        """The pixels that a placed shape may touch, and `margin` more; None when it lies outside the sheet."""
        across, down = zip(*shape, strict=True)
        left, top = max(0, int(min(across) - margin)), max(0, int(min(down) - margin))
        right, bottom = min(self.side, int(max(across) + margin) + 1), min(self.side, int(max(down) + margin) + 1)
        return (left, top, right, bottom) if left < right and top < bottom else None

    def _sheet(self, shape: Shape, bounds: Box) -> tuple[Image.Image, list[Point]]:
        """An empty mask for the bounds, supersampled, and where the shape's points lie on it."""
        left, top, right, bottom = bounds
        mask = Image.new("L", ((right - left) * SUPERSAMPLING, (bottom - top) * SUPERSAMPLING))
        return mask, [((x - left) * SUPERSAMPLING, (y - top) * SUPERSAMPLING) for x, y in shape]

    def _mask(self, shape: Shape, bounds: Box, within: Shape | None = None) -> Image.Image:
        sheet, points = self._sheet(shape, bounds)
        ImageDraw.Draw(sheet).polygon(points, 255)
        mask = sheet.reduce(SUPERSAMPLING)
        return ImageChops.multiply(mask, self._mask(self.pose(within), bounds)) if within else mask

    def _coarse(self, shape: Shape, bounds: Box, blur: float) -> Image.Image:
        """The shape drawn small and blurred, covering the bounds."""
        left, top, right, bottom = bounds
        across, down = max(2, (right - left) // COARSE), max(2, (bottom - top) // COARSE)
        fine = Image.new("L", (across * 2, down * 2))
        stretch_x, stretch_y = across * 2 / (right - left), down * 2 / (bottom - top)
        points = [((x - left) * stretch_x, (y - top) * stretch_y) for x, y in shape]
        ImageDraw.Draw(fine).polygon(points, 255)
        return fine.reduce(2).filter(ImageFilter.GaussianBlur(blur / COARSE))

    def _relief(self, shape: Shape, bounds: Box, bulge: float, depth: float) -> Image.Image:
        """Grey 128 where the body is flat, brighter where its rim faces the light, darker where it turns away."""
        left, top, right, bottom = bounds
        margin = round(2 * bulge)
        height = self._coarse(shape, (left - margin, top - margin, right + margin, bottom + margin), bulge * 0.8)
        step = max(1, round(bulge / COARSE / 2))
        lit, unlit = ImageChops.offset(height, -step, -step), ImageChops.offset(height, step, step)
        relief = ImageChops.subtract(lit, unlit, 1.3 / depth, 128)
        part = margin / (right - left + 2 * margin) * relief.width, margin / (bottom - top + 2 * margin) * relief.height
        inner = (part[0], part[1], relief.width - part[0], relief.height - part[1])
        return relief.resize((right - left, bottom - top), Image.Resampling.BILINEAR, inner)


def _window(place: tuple[float, float]) -> tuple[float, float, float, float, float, float]:
    """The part of the 256 px radial gradient that makes the light, shifted by a share of its width."""
    return 3, 0, 32 + 256 * place[0] * -1, 0, 3, 32 + 256 * place[1] * -1


@lru_cache(maxsize=256)
def _faint(strength: float, around: int) -> list[int]:
    """A table that draws the greys nearer to one of them."""
    return [round((level - around) * strength) + around for level in range(256)]
