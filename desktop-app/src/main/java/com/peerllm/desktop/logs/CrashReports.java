package com.peerllm.desktop.logs;

import com.peerllm.host.diagnostics.ErrorCode;
import java.util.Optional;
import java.util.concurrent.Executor;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears of every error that nobody caught, writes it to the log, and tells the window the code of the last one. The program goes
 * on: a screen that broke is better than a window that is gone.
 */
public final class CrashReports implements Thread.UncaughtExceptionHandler {
    private static final Logger log = LoggerFactory.getLogger(CrashReports.class);

    private final Executor fxThread;
    private final ReadOnlyObjectWrapper<Optional<String>> lastCode = new ReadOnlyObjectWrapper<>(Optional.empty());

    /** @param fxThread runs actions on the thread of the screens; an action may be dropped while there is none */
    public CrashReports(Executor fxThread) {
        this.fxThread = fxThread;
    }

    /** Belongs to the thread of the screens. */
    public ReadOnlyObjectProperty<Optional<String>> lastCodeProperty() {
        return lastCode.getReadOnlyProperty();
    }

    /** The person has seen it. */
    public void forget() {
        lastCode.set(Optional.empty());
    }

    @Override
    public void uncaughtException(Thread thread, Throwable error) {
        log.error("Unexpected on {}", thread.getName(), error);
        String code = ErrorCode.of(error).toString();
        try {
            fxThread.execute(() -> lastCode.set(Optional.of(code)));
        } catch (RuntimeException e) {
            log.warn("The window could not be told", e);
        }
    }
}
