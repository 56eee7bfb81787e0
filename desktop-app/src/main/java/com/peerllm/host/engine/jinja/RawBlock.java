package com.peerllm.host.engine.jinja;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a {@code raw} block's text lies in the source, and which white space around its two tags is to go. */
record RawBlock(int bodyStart, boolean stripBefore, int bodyEnd, boolean stripBody, int end, boolean stripAfter) {
    private static final Pattern BEGIN = Pattern.compile("\\s*raw\\s*(-?)%}");
    private static final Pattern END = Pattern.compile("\\{%(-?)\\s*endraw\\s*(-?)%}");

    /** Looks right behind the beginning of a block tag. */
    static RawBlock find(String source, int at) {
        Matcher begin = BEGIN.matcher(source).region(at, source.length());
        if (!begin.lookingAt()) return new RawBlock(-1, false, -1, false, -1, false);
        Matcher end = END.matcher(source);
        if (!end.find(begin.end())) throw TemplateException.syntax("A raw block has no end.");
        return new RawBlock(
                begin.end(),
                !begin.group(1).isEmpty(),
                end.start(),
                !end.group(1).isEmpty(),
                end.end(),
                !end.group(2).isEmpty());
    }

    boolean isNone() {
        return bodyStart < 0;
    }
}
