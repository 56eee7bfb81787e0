package com.peerllm.endtoend.demo;

import java.io.Console;

/** Colours for a terminal, and none for anything else. */
enum Ink {
    COLOURED("\u001b[1m", "\u001b[2m", "\u001b[36m", "\u001b[0m"),
    PLAIN("", "", "", "");

    private final String bold;
    private final String faint;
    private final String accent;
    private final String end;

    Ink(String bold, String faint, String accent, String end) {
        this.bold = bold;
        this.faint = faint;
        this.accent = accent;
        this.end = end;
    }

    /** Coloured only when a person at a terminal reads, and has not said no (no-color.org). */
    static Ink ofStandardOutput() {
        Console console = System.console();
        boolean wanted = System.getenv("NO_COLOR") == null && !"dumb".equals(System.getenv("TERM"));
        return wanted && console != null && console.isTerminal() ? COLOURED : PLAIN;
    }

    String bold(String text) {
        return bold + text + end;
    }

    String faint(String text) {
        return faint + text + end;
    }

    String accent(String text) {
        return accent + text + end;
    }
}
