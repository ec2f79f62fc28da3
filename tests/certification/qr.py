"""A reader of undamaged QR codes, written from ISO/IEC 18004 for the tests: it shares nothing with the writer.

It reads format, mask, interleaved blocks and byte segments, and checks that error correction agrees (syndromes are 0).
"""

# Version -> for error level M: (error correction bytes per block, [(blocks, data bytes of each)]), table 9.
LEVEL_M = {
    1: (10, [(1, 16)]), 2: (16, [(1, 28)]), 3: (26, [(1, 44)]), 4: (18, [(2, 32)]), 5: (24, [(2, 43)]),
    6: (16, [(4, 27)]), 7: (18, [(4, 31)]), 8: (22, [(2, 38), (2, 39)]),
}  # fmt: skip
ALIGNMENT = {1: [], 2: [6, 18], 3: [6, 22], 4: [6, 26], 5: [6, 30], 6: [6, 34], 7: [6, 22, 38], 8: [6, 24, 42]}
MASKS = [
    lambda r, c: (r + c) % 2 == 0, lambda r, c: r % 2 == 0, lambda r, c: c % 3 == 0, lambda r, c: (r + c) % 3 == 0,
    lambda r, c: (r // 2 + c // 3) % 2 == 0, lambda r, c: r * c % 2 + r * c % 3 == 0,
    lambda r, c: (r * c % 2 + r * c % 3) % 2 == 0, lambda r, c: ((r + c) % 2 + r * c % 3) % 2 == 0,
]  # fmt: skip


def read(modules: list[list[int]]) -> str:
    """The text of a matrix of 0 and 1 without quiet zone; raises ValueError where something does not agree."""
    version = (len(modules) - 17) // 4
    mask = _mask(modules)
    blocks = _blocks(_code_bytes(modules, version, mask), version)
    return _text([byte for data in blocks for byte in data], version)


def _mask(modules) -> int:
    """Format information beside the upper left finder: level M and a mask, unmasked with 101010000010010."""
    places = [(8, c) for c in (0, 1, 2, 3, 4, 5, 7, 8)] + [(r, 8) for r in (7, 5, 4, 3, 2, 1, 0)]
    bits = int("".join(str(modules[r][c]) for r, c in places), 2) ^ 0b101010000010010
    if bits >> 13 != 0:
        raise ValueError("not error level M")
    return bits >> 10 & 0b111


def _code_bytes(modules, version: int, mask: int) -> list[int]:
    size, taken = len(modules), _function_modules(version)
    bits, upward = [], True
    for right in [*range(size - 1, 6, -2), *range(5, 0, -2)]:
        for row in range(size - 1, -1, -1) if upward else range(size):
            for column in (right, right - 1):
                if (row, column) not in taken:
                    bits.append(modules[row][column] ^ MASKS[mask](row, column))
        upward = not upward
    return [int("".join(map(str, bits[at : at + 8])), 2) for at in range(0, len(bits) - 7, 8)]


def _function_modules(version: int) -> set[tuple[int, int]]:
    size = version * 4 + 17
    taken = {(r, c) for r in range(9) for c in range(9)}
    taken |= {(r, c) for r in range(9) for c in range(size - 8, size)}
    taken |= {(r, c) for r in range(size - 8, size) for c in range(9)}
    taken |= {(6, at) for at in range(size)} | {(at, 6) for at in range(size)}
    ends = {(6, 6), (6, size - 7), (size - 7, 6)}
    for row in ALIGNMENT[version]:
        for column in ALIGNMENT[version]:
            if (row, column) not in ends:
                taken |= {(row + r, column + c) for r in range(-2, 3) for c in range(-2, 3)}
    if version >= 7:
        taken |= {(r, c) for r in range(6) for c in range(size - 11, size - 8)}
        taken |= {(c, r) for r in range(6) for c in range(size - 11, size - 8)}
    return taken


def _blocks(stream: list[int], version: int) -> list[list[int]]:
    """Data bytes of each block, after checking each against its error correction."""
    correction, groups = LEVEL_M[version]
    sizes = [size for count, size in groups for _block in range(count)]
    data: list[list[int]] = [[] for _size in sizes]
    source = iter(stream)
    for place in range(max(sizes)):
        for block, size in enumerate(sizes):
            if place < size:
                data[block].append(next(source))
    extra: list[list[int]] = [[] for _size in sizes]
    for _place in range(correction):
        for block in range(len(sizes)):
            extra[block].append(next(source))
    for block in range(len(sizes)):
        if any(_syndromes(data[block] + extra[block], correction)):
            raise ValueError("error correction does not agree")
    return data


def _syndromes(word: list[int], count: int) -> list[int]:
    """The word as a polynomial over GF(256) modulo 285, at the first powers of 2."""
    power, values = 1, []
    for _root in range(count):
        value = 0
        for byte in word:
            value = _times(value, power) ^ byte
        values.append(value)
        power = _times(power, 2)
    return values


def _times(a: int, b: int) -> int:
    product = 0
    while b:
        product ^= a if b & 1 else 0
        a = a << 1 ^ (0x11D if a & 0x80 else 0)
        b >>= 1
    return product


def _text(data: list[int], version: int) -> str:
    bits = "".join(f"{byte:08b}" for byte in data)
    if bits[:4] != "0100":
        raise ValueError("not a byte segment")
    length = int(bits[4:12], 2)
    return bytes(int(bits[12 + 8 * at : 20 + 8 * at], 2) for at in range(length)).decode("ascii")
