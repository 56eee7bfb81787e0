package com.peerllm.host.diagnostics;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.util.FileSize;
import com.peerllm.host.platform.OwnerOnly;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/**
 * Where the host's log goes: warnings to the terminal, more to a file in the data folder that rolls by day and stays below
 * 50 MB in all. No line of it ever holds a prompt or an answer. Each
 * warning and error has its {@link ErrorCode}.
 */
public final class HostLog {
    private static final String FILE_PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{30} - %code%msg%n";
    private static final String TERMINAL_PATTERN = "%level: %msg%n%nopex";
    /** {@code console}: everything is also told on the terminal; the debug launcher of an installation sets it. */
    private static final String WHERE = "peerllm.log";

    private static final String MOST_PER_FILE = "10MB";
    private static final String MOST_IN_ALL = "50MB";
    private static final int MOST_DAYS = 14;

    private HostLog() {}

    /** Warnings to the terminal, and nothing else yet. Call it before anything logs. */
    public static void toTerminal() {
        LoggerContext context = context();
        context.reset();
        ConsoleAppender<ILoggingEvent> terminal = new ConsoleAppender<>();
        terminal.setTarget("System.err");
        boolean everything = "console".equals(System.getProperty(WHERE));
        if (!everything) {
            ThresholdFilter warnings = new ThresholdFilter();
            warnings.setLevel(Level.WARN.levelStr);
            warnings.start();
            terminal.addFilter(warnings);
        }
        attach(context, terminal, everything ? FILE_PATTERN : TERMINAL_PATTERN);
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.INFO);
        if (everything) context.getLogger("com.peerllm").setLevel(Level.DEBUG);
    }

    /** Also to {@code host.log} in this folder; when that cannot be written the host works on without it. */
    public static void alsoTo(Path folder) {
        try {
            OwnerOnly.createFolder(folder);
        } catch (IOException e) {
            LoggerFactory.getLogger(HostLog.class).warn("The log folder {} cannot be made; no log is kept", folder);
            return;
        }
        file(context(), folder);
    }

    static void file(LoggerContext context, Path folder) {
        RollingFileAppender<ILoggingEvent> file = new RollingFileAppender<>();
        file.setContext(context);
        file.setFile(folder.resolve("host.log").toString());
        SizeAndTimeBasedRollingPolicy<ILoggingEvent> rolling = new SizeAndTimeBasedRollingPolicy<>();
        rolling.setContext(context);
        rolling.setParent(file);
        rolling.setFileNamePattern(folder.resolve("host.%d{yyyy-MM-dd}.%i.log").toString());
        rolling.setMaxFileSize(FileSize.valueOf(MOST_PER_FILE));
        rolling.setTotalSizeCap(FileSize.valueOf(MOST_IN_ALL));
        rolling.setMaxHistory(MOST_DAYS);
        rolling.start();
        file.setRollingPolicy(rolling);
        attach(context, file, FILE_PATTERN);
    }

    /** Writes what is buffered and lets go of the file. */
    public static void close() {
        context().stop();
    }

    private static void attach(LoggerContext context, OutputStreamAppender<ILoggingEvent> appender, String pattern) {
        PatternLayout layout = new PatternLayout();
        layout.setContext(context);
        layout.getInstanceConverterMap().put("code", CodeInLog::new);
        layout.setPattern(pattern);
        layout.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setLayout(layout);
        encoder.start();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
    }

    private static LoggerContext context() {
        return (LoggerContext) LoggerFactory.getILoggerFactory();
    }
}
