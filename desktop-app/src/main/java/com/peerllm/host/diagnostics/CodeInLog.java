package com.peerllm.host.diagnostics;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;

/** Puts the {@link ErrorCode} before the message of a warning or an error. */
public final class CodeInLog extends ClassicConverter {

    @Override
    public String convert(ILoggingEvent event) {
        if (!event.getLevel().isGreaterOrEqual(Level.WARN)) return "";
        return "[" + code(event) + "] ";
    }

    private static ErrorCode code(ILoggingEvent event) {
        if (event.getThrowableProxy() instanceof ThrowableProxy proxy) return ErrorCode.of(proxy.getThrowable());
        return ErrorCode.of(event.getLoggerName(), String.valueOf(event.getMessage()));
    }
}
