package com.peerllm.endtoend.demo;

import com.peerllm.endtoend.client.ConnectionLost;
import com.peerllm.endtoend.client.RefusedException;
import com.peerllm.endtoend.network.LocalNetwork;
import com.peerllm.endtoend.network.NetworkFolder;
import com.peerllm.endtoend.process.Installation;
import com.peerllm.endtoend.process.ProgramException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of the demo: its options, its exit codes, and a clean end whichever way it ends. */
@Command(
        name = "peerllm demo",
        mixinStandardHelpOptions = true,
        description = "Run a small network on this computer: an orchestrator, two hosts, three prompts, the money.",
        footer = {"", "Exit codes: 0 done, 1 something failed (the lines say what), 2 wrong usage."})
public final class DemoCommand implements Callable<Integer> {
    private static final List<String> PROMPTS =
            List.of("Hello! What can you do?", "What is PeerLLM?", "Tell me a story about an owl and a map.");

    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int INTERRUPTED = 130;

    @Option(names = "--model", paramLabel = "FILE", description = "Use this GGUF instead of the starter model.")
    private Optional<Path> model;

    @Option(names = "--keep", description = "Leave the network running until Ctrl-C, and print how to call it.")
    private boolean keep;

    @Option(
            names = "--prompt",
            paramLabel = "TEXT",
            description = "Ask this instead of the three prompts; may be given several times.")
    private List<String> prompts = List.of();

    @Override
    public Integer call() {
        PrintStream out = standardOutput();
        if (model.isPresent() && !Files.isReadable(model.get())) {
            System.err.println("Error: The file " + model.get() + " cannot be read. Check the path after --model.");
            return FAILED;
        }
        long startedNanos = System.nanoTime();
        Screen screen = new Screen(out, Ink.ofStandardOutput());
        screen.title("A PeerLLM network on this computer");
        CountDownLatch interrupted = new CountDownLatch(1);
        try (TemporaryFolder folder = new TemporaryFolder("peerllm-demo-");
                LocalNetwork network =
                        LocalNetwork.start(Installation.current(), NetworkFolder.forBriefRun(folder.path()))) {
            onInterrupt(interrupted, List.of(network::close, folder::close));
            new DemoRun(network, screen)
                    .run(model.map(Path::toAbsolutePath), prompts.isEmpty() ? PROMPTS : prompts, keep);
            screen.line("");
            screen.line("Done in "
                    + Duration.ofNanos(System.nanoTime() - startedNanos).toSeconds() + " s.");
            return DONE;
        } catch (ProgramException | RefusedException | ConnectionLost e) {
            if (wasInterrupted(interrupted)) return INTERRUPTED;
            out.flush();
            System.err.println();
            System.err.println("Error: " + e.getMessage());
            return FAILED;
        }
    }

    /** When Ctrl-C ends this program before it is done, nothing is left behind. */
    private static void onInterrupt(CountDownLatch interrupted, List<Runnable> cleaning) {
        Thread hook = Thread.ofPlatform().name("stop").unstarted(() -> {
            interrupted.countDown();
            cleaning.forEach(Runnable::run);
        });
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Ctrl-C reaches the network's programs and this one alike, so what breaks because of it may be noticed first. */
    private static boolean wasInterrupted(CountDownLatch interrupted) {
        try {
            return interrupted.await(300, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** In the terminal's own character set; where that is said to be ASCII, answers in other scripts would be lost. */
    private static PrintStream standardOutput() {
        Charset terminal = System.out.charset();
        return new PrintStream(
                System.out, false, terminal.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : terminal);
    }
}
