package com.peerllm.shared.gguf;

import java.util.Objects;

/**
 * A file that cannot be used as a model, with the reason, the place in the file and what to do.
 *
 * <p>This is the only exception that reading a file can end in. The message never holds more of the file than a
 * shortened key or tensor name.
 */
public final class GgufException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final long position;

    GgufException(Reason reason, long position, String what) {
        this(reason, position, what, null);
    }

    GgufException(Reason reason, long position, String what, Throwable cause) {
        super(what + " (at byte " + position + "). " + reason.advice, cause);
        this.reason = Objects.requireNonNull(reason);
        this.position = position;
    }

    public Reason reason() {
        return reason;
    }

    /** Where in the file the trouble was seen, in bytes from its start. */
    public long position() {
        return position;
    }

    /** A piece of text from a stranger's file, made safe to show: one line, no control characters, short. */
    static String shown(String fromFile) {
        String line = fromFile.codePoints()
                .limit(64)
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return "'" + line + "'";
    }

    /** What is wrong, in kinds that a program can tell apart. */
    public enum Reason {
        NOT_GGUF("Choose a file that ends in .gguf."),
        OLD_VERSION("Convert the model again with a current llama.cpp."),
        BIG_ENDIAN("Choose the little-endian file of this model."),
        UNSUPPORTED_VERSION("Update PeerLLM, or choose another file of this model."),
        TRUNCATED("The file is incomplete or damaged: download it again."),
        OVER_LIMIT("No known model needs this much; choose another file."),
        BAD_KEY("The file is damaged: download it again."),
        DUPLICATE_KEY("The file is damaged or was written wrongly: choose another file of this model."),
        BAD_TYPE("The file is damaged or newer than this program: download it again or update PeerLLM."),
        NESTED_ARRAY("llama.cpp cannot read such a file either: choose another file of this model."),
        BAD_TEXT("The file is damaged: download it again."),
        BAD_VALUE("The file was written wrongly: choose another file of this model."),
        MISSING_KEY("The file was written wrongly: choose another file of this model."),
        BAD_ALIGNMENT("The file was written wrongly: choose another file of this model."),
        BAD_TENSOR("The file is damaged or was written wrongly: choose another file of this model."),
        DUPLICATE_TENSOR("The file is damaged or was written wrongly: choose another file of this model."),
        TENSOR_OUTSIDE_FILE("The file is incomplete or damaged: download it again."),
        UNKNOWN_TENSOR_TYPE("Update PeerLLM, or choose another quantization of this model."),
        SPLIT_FILE("Join the parts with llama-gguf-split --merge, or choose a model in one file."),
        NOT_A_LANGUAGE_MODEL("Choose the file of the language model itself."),
        READ_FAILED("Check the disk and that the file may be read.");

        private final String advice;

        Reason(String advice) {
            this.advice = advice;
        }

        /** What a person can do about it, as a sentence. */
        public String advice() {
            return advice;
        }
    }
}
