"""A terminal of some rows and columns: what a command draws on it, screen by screen."""


class Terminal:
    """Knows what our tree writes: text, line ends, the cursor up, clearing below, colours."""

    def __init__(self, rows, columns):
        self.rows, self.columns = rows, columns
        self.lines, self.row, self.column = [""], 0, 0
        self.frames = []

    def feed(self, text):
        at = 0
        while at < len(text):
            letter = text[at]
            at += 1
            if letter == "\x1b":
                end = at + 1
                while not text[end].isalpha():
                    end += 1
                self.control(text[at + 1 : end], text[end])
                at = end + 1
            elif letter == "\n":
                self.row, self.column = self.row + 1, 0
            elif letter == "\r":
                self.column = 0
            else:
                if self.column == self.columns:
                    self.row, self.column = self.row + 1, 0
                self.room()
                line = self.lines[self.row].ljust(self.column)
                self.lines[self.row] = line[: self.column] + letter + line[self.column + 1 :]
                self.column += 1
            self.room()

    def room(self):
        while len(self.lines) <= self.row:
            self.lines.append("")

    def control(self, number, letter):
        if letter == "A":
            self.row = max(0, self.row - int(number or 1))
        elif letter == "J":
            self.lines = self.lines[: self.row] + [self.lines[self.row][: self.column]]
        elif letter != "m":
            raise ValueError(f"the terminal does not know {number}{letter}")

    def resize(self, rows, columns):
        """Breaks the lines as a terminal does that becomes narrower."""
        lines, row = [], 0
        for number, line in enumerate(self.lines):
            if number == self.row:
                row = len(lines)
            lines += [line[at : at + columns] for at in range(0, max(1, len(line)), columns)]
        self.lines, self.row, self.rows, self.columns = lines, row, rows, columns

    @property
    def screen(self):
        """What is to be seen: the last rows."""
        lines = [line.rstrip() for line in self.lines]
        while lines and not lines[-1]:
            lines.pop()
        return "\n".join(lines[-self.rows :])
