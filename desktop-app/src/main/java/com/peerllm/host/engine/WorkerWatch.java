package com.peerllm.host.engine;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Kills a worker that hangs, so that its supervisor replaces it. A worker tells every two seconds that it lives and how many
 * steps it has computed.
 *
 * <p>It counts looks instead of measuring time: a computer that sleeps and wakes has not made its worker hang.
 */
final class WorkerWatch implements Runnable {
    /**
     * When a worker hangs.
     *
     * @param look pause between two looks
     * @param silentLooks so many looks in a row without any frame: the process is stopped or stuck
     * @param idleLooks so many looks in a row with open answers and no step computed: the decode loop is stuck
     */
    record Patience(Duration look, int silentLooks, int idleLooks) {
        /** 20 seconds of silence; five minutes for one step, in which the slowest computer worth sharing takes 512 tokens. */
        static final Patience STANDARD = new Patience(Duration.ofSeconds(2), 10, 150);
    }

    private final WorkerProcess worker;
    private final BooleanSupplier hasWork;
    private final Patience patience;
    private long framesBefore;
    private long stepsBefore;
    private int silent;
    private int idle;

    WorkerWatch(WorkerProcess worker, BooleanSupplier hasWork, Patience patience) {
        this.worker = worker;
        this.hasWork = hasWork;
        this.patience = patience;
    }

    /** Returns when the worker is gone. */
    @Override
    public void run() {
        try {
            while (!worker.endsWithin(patience.look())) look(worker.pulse());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(WorkerPulse pulse) {
        boolean heard = pulse.frames() != framesBefore;
        boolean computed = pulse.steps() != stepsBefore;
        framesBefore = pulse.frames();
        stepsBefore = pulse.steps();
        silent = heard || !pulse.isListening() ? 0 : silent + 1;
        idle = computed || !hasWork.getAsBoolean() ? 0 : idle + 1;
        if (silent >= patience.silentLooks())
            worker.kill("it said nothing for " + seconds(silent) + " s and was killed");
        else if (idle >= patience.idleLooks())
            worker.kill("it computed nothing for " + seconds(idle) + " s although answers waited, and was killed");
    }

    private long seconds(int looks) {
        return patience.look().multipliedBy(looks).toSeconds();
    }
}
