package com.peerllm.host.engine.jinja;

/** A template that cannot be parsed or rendered. Only the message of {@code SYNTAX} is free of the values rendered. */
public final class TemplateException extends RuntimeException {

    /** What went wrong. */
    public enum Kind {
        /** The template is not Jinja, or uses a part of it that is not known here. */
        SYNTAX,
        /** The template did something that its values do not allow, such as calling a text. */
        RUNTIME,
        /** The template itself refused, with {@code raise_exception}. */
        RAISED,
        /** The template took more steps or made more text than it may. */
        LIMIT
    }

    private final Kind kind;

    TemplateException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    static TemplateException syntax(String message) {
        return new TemplateException(Kind.SYNTAX, message);
    }

    static TemplateException runtime(String message) {
        return new TemplateException(Kind.RUNTIME, message);
    }

    static TemplateException limit(String message) {
        return new TemplateException(Kind.LIMIT, message);
    }

    public Kind kind() {
        return kind;
    }
}
