package com.peerllm.host.diagnostics;

import com.peerllm.shared.identity.Sha256;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * A short name for an error that a person can look up and read out: {@code WHERE-WHAT-WHOLE}, three parts of four letters and
 * digits. Two errors with the same first part happened at the same place of this program, with the same second part they are
 * of the same kind, with all three they are the same error of the same release. Nothing of a message goes into it, so it tells
 * nothing about anybody.
 */
public record ErrorCode(String where, String what, String whole) {
    private static final String OURS = "com.peerllm.";
    /** Without I, L, O and U, which are misread. */
    private static final String LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static final int PART = 4;
    private static final int MOST_CAUSES = 20;

    public static ErrorCode of(Throwable error) {
        List<Throwable> chain = chain(error);
        StackTraceElement[] root = chain.getLast().getStackTrace();
        return new ErrorCode(part(place(root)), part(kinds(chain)), part(frames(chain)));
    }

    /**
     * Of a line of the log without an exception.
     *
     * @param template the message before values were put into it
     */
    public static ErrorCode of(String logger, String template) {
        return new ErrorCode(part(logger), part("line"), part(template));
    }

    private static List<Throwable> chain(Throwable error) {
        List<Throwable> chain = new ArrayList<>();
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Throwable e = error; e != null && chain.size() < MOST_CAUSES && seen.add(e); e = e.getCause())
            chain.add(e);
        return chain;
    }

    /** The innermost method of this program; of a library, when none is ours. */
    private static String place(StackTraceElement[] root) {
        for (StackTraceElement frame : root) if (frame.getClassName().startsWith(OURS)) return method(frame);
        return root.length == 0 ? "" : method(root[0]);
    }

    /** Numbers of lambdas and generated classes differ from run to run. */
    private static String method(StackTraceElement frame) {
        return (frame.getClassName() + "#" + frame.getMethodName()).replaceAll("\\$\\$?(Lambda)?[/0-9][0-9a-fx]*", "");
    }

    private static String kinds(List<Throwable> chain) {
        StringBuilder kinds = new StringBuilder();
        for (Throwable e : chain) kinds.append(e.getClass().getName()).append('\n');
        return kinds.toString();
    }

    private static String frames(List<Throwable> chain) {
        StringBuilder frames = new StringBuilder(kinds(chain));
        for (Throwable e : chain) {
            for (StackTraceElement frame : e.getStackTrace()) {
                if (frame.getClassName().startsWith(OURS))
                    frames.append(method(frame))
                            .append(':')
                            .append(frame.getLineNumber())
                            .append('\n');
            }
        }
        return frames.toString();
    }

    private static String part(String text) {
        byte[] hash = Sha256.of(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        StringBuilder part = new StringBuilder();
        for (int i = 0; i < PART; i++) part.append(LETTERS.charAt(hash[i] & 31));
        return part.toString();
    }

    @Override
    public String toString() {
        return where + "-" + what + "-" + whole;
    }
}
