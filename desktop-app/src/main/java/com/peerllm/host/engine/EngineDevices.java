package com.peerllm.host.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** Lists the devices that the engine could compute on, without loading a model. */
public final class EngineDevices {
    /** A driver that hangs must not hang the person who asks. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private EngineDevices() {}

    /**
     * Starts a worker that tells its devices and ends; blocks until then.
     *
     * @throws EngineException when the natives are missing or do not run here
     */
    public static List<EngineDevice> list(Path natives, ThreadFactory threads) {
        WorkerProcess worker = WorkerProcess.start(new Frames(), threads);
        CompletableFuture<Void> limit = CompletableFuture.runAsync(
                worker::requestEnd, CompletableFuture.delayedExecutor(LONGEST.toSeconds(), TimeUnit.SECONDS));
        worker.send(new ToWorker.ListDevices(natives.toString()));
        Optional<FromWorker> answer = worker.next();
        limit.cancel(false);
        String ending = worker.end();
        return switch (answer.orElse(null)) {
            case FromWorker.Devices(List<EngineDevice> devices) -> devices;
            case FromWorker.Refused(EngineFailure failure) -> throw new EngineException(failure);
            case null, default ->
                throw new EngineException(
                        EngineErrorCode.START_FAILED,
                        "The engine could not list the devices of this computer: " + ending + ".");
        };
    }
}
