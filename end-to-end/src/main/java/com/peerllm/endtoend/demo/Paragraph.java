package com.peerllm.endtoend.demo;

import java.io.PrintStream;

/** Writes text that arrives in pieces, at once, broken between words and indented. */
final class Paragraph {
    private static final int WIDTH = 92;

    private final PrintStream out;
    private final String indent;
    private final StringBuilder word = new StringBuilder();
    private int column;

    Paragraph(PrintStream out, String indent) {
        this.out = out;
        this.indent = indent;
    }

    /** A word is written when the space after it has come. */
    void add(String piece) {
        for (char each : piece.toCharArray()) {
            if (each == '\n') {
                writeWord();
                newLine();
            } else if (each == ' ') {
                writeWord();
            } else {
                word.append(each);
            }
        }
        out.flush();
    }

    /** Something that is no part of the text, on a line of its own; what was written before stays as it is. */
    void note(String text) {
        String half = word.toString();
        word.setLength(0);
        if (column > 0) newLine();
        out.println(indent + "  --- " + text + " ---");
        word.append(half);
        out.flush();
    }

    void end() {
        writeWord();
        newLine();
        out.flush();
    }

    private void writeWord() {
        if (word.isEmpty()) return;
        if (column > 0 && column + 1 + word.length() > WIDTH) newLine();
        out.print(column == 0 ? indent : " ");
        out.print(word);
        column += (column == 0 ? indent.length() : 1) + word.length();
        word.setLength(0);
    }

    private void newLine() {
        out.println();
        column = 0;
    }
}
