package com.peerllm.host.engine.format;

import java.util.List;
import java.util.Set;

/** Follows the text of calls byte by byte, from behind their opening, and knows at every byte what must come next. */
final class CallMatcher {

    /** What a byte was. */
    enum Seen {
        /** One that only belongs to the form. */
        FORM,
        /** One of the arguments. */
        ARGUMENT,
        /** The last one of a call's arguments. */
        LAST_ARGUMENT,
        /** The first one behind a tool's name. */
        NAME_END,
        /** None of a call. */
        BROKEN
    }

    private final ToolFormat format;
    private final List<CallPiece> pieces;
    private final Set<String> tools;
    private final boolean several;
    private int piece;
    private int offset;
    private String name = "";
    private JsonObjectExtent arguments = new JsonObjectExtent();

    /** @param several whether a list may hold more than one call */
    CallMatcher(ToolFormat format, Set<String> tools, boolean several) {
        this.format = format;
        this.pieces = format.pieces();
        this.tools = tools;
        this.several = several;
    }

    Seen take(byte b) {
        while (piece < pieces.size()) {
            switch (pieces.get(piece)) {
                case CallPiece.Gap() -> {
                    if (isBlank(b)) return Seen.FORM;
                    next();
                }
                case CallPiece.Text(String literal) -> {
                    if (literal.charAt(offset) != b) return Seen.BROKEN;
                    boolean behindName = offset == 0 && piece > 0 && pieces.get(piece - 1) instanceof CallPiece.Name;
                    if (++offset == literal.length()) next();
                    return behindName ? Seen.NAME_END : Seen.FORM;
                }
                case CallPiece.Name() -> {
                    String longer = name + (char) Byte.toUnsignedInt(b);
                    if (tools.stream().anyMatch(tool -> tool.startsWith(longer))) {
                        name = longer;
                        offset++;
                        return Seen.FORM;
                    }
                    if (!tools.contains(name)) return Seen.BROKEN;
                    next();
                }
                case CallPiece.Id() -> {
                    if (!Character.isLetterOrDigit(Byte.toUnsignedInt(b)) || b < 0) return Seen.BROKEN;
                    if (++offset == CallPiece.Id.CHARACTERS) next();
                    return Seen.FORM;
                }
                case CallPiece.Arguments() -> {
                    if (!arguments.take(b)) return Seen.BROKEN;
                    offset++;
                    if (!arguments.closed()) return Seen.ARGUMENT;
                    next();
                    return Seen.LAST_ARGUMENT;
                }
                case CallPiece.More() -> {
                    return more(b);
                }
            }
        }
        return Seen.BROKEN;
    }

    private Seen more(byte b) {
        if (isBlank(b)) return Seen.FORM;
        if (b == ']') {
            next();
            return Seen.FORM;
        }
        if (b != ',' || !several) return Seen.BROKEN;
        piece = format.firstOfCall() - 1;
        offset = 0;
        name = "";
        arguments = new JsonObjectExtent();
        return Seen.FORM;
    }

    private void next() {
        piece++;
        offset = 0;
    }

    static boolean isBlank(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    /** Whether all is said. */
    boolean done() {
        return piece == pieces.size();
    }

    /** Which piece comes next, or is being said. */
    int piece() {
        return piece;
    }

    /** How many characters of that piece are said. */
    int offset() {
        return offset;
    }

    /** The name of the tool as far as it is said. */
    String name() {
        return name;
    }

    /** Whether the tool of the call is decided. */
    boolean named() {
        for (int i = piece; i < pieces.size(); i++) if (pieces.get(i) instanceof CallPiece.Name) return false;
        return true;
    }

    boolean insideArguments() {
        return !done() && pieces.get(piece) instanceof CallPiece.Arguments && offset > 0;
    }
}
