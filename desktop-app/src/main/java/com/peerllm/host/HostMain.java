package com.peerllm.host;

import com.peerllm.host.cli.HostCommandLine;
import com.peerllm.host.cli.StopRequest;
import com.peerllm.host.diagnostics.HostLog;
import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The program {@code peerllm host}: a host without a screen. */
public final class HostMain {
    private static final int STOP_PATIENCE_SECONDS = 10;

    private HostMain() {}

    public static void main(String[] arguments) {
        HostLog.toTerminal();
        StopRequest stop = new StopRequest();
        CountDownLatch done = new CountDownLatch(1);
        int[] code = new int[1];
        Thread onSignal = new Thread(() -> endOnSignal(stop, done, code), "stop");
        Runtime.getRuntime().addShutdownHook(onSignal);
        code[0] = new HostCommandLine(Surroundings.ofThisProgram(), stop)
                .run(new PrintWriter(System.out, true), new PrintWriter(System.err, true), arguments);
        HostLog.close();
        done.countDown();
        System.exit(code[0]);
    }

    /**
     * Runs when the program ends by a signal, while the command still runs, and when it ends by itself, after it. The exit
     * code is the command's in both cases, where Java's own would name the signal.
     */
    private static void endOnSignal(StopRequest stop, CountDownLatch done, int[] code) {
        boolean endsByItself = stop.make();
        try {
            if (!endsByItself && done.getCount() > 0) return;
            if (done.await(STOP_PATIENCE_SECONDS, TimeUnit.SECONDS))
                Runtime.getRuntime().halt(code[0]);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
