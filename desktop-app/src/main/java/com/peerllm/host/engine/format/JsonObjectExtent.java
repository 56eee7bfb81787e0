package com.peerllm.host.engine.format;

/** Finds the end of a JSON object in a stream of bytes; it does not check the JSON. */
final class JsonObjectExtent {
    private int depth;
    private boolean inString;
    private boolean escaped;

    /** Whether the byte can belong to the object; only the first one can be refused. */
    boolean take(byte b) {
        if (depth == 0 && b != '{') return false;
        if (inString) {
            if (escaped) escaped = false;
            else if (b == '\\') escaped = true;
            else if (b == '"') inString = false;
            return true;
        }
        switch (b) {
            case '"' -> inString = true;
            case '{', '[' -> depth++;
            case '}', ']' -> depth--;
            default -> {}
        }
        return true;
    }

    /** Whether the last byte taken was the object's last. */
    boolean closed() {
        return depth == 0;
    }
}
