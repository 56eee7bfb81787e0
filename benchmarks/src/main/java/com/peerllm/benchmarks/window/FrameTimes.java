package com.peerllm.benchmarks.window;

import com.peerllm.desktop.DesktopApp;
import com.peerllm.endtoend.client.ChatRequest;
import com.peerllm.endtoend.client.OpenAiClient;
import com.peerllm.endtoend.network.LocalNetwork;
import com.peerllm.endtoend.network.NetworkFolder;
import com.peerllm.endtoend.process.Installation;
import com.peerllm.shared.money.Credits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import javafx.animation.AnimationTimer;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import javafx.stage.Window;

/**
 * How long the window takes between two frames while somebody scrolls or types in it, while the host in the same program
 * answers the prompts of a real network without a break. The toolkit wants a frame each 16.7 ms.
 */
final class FrameTimes {
    private final Path folder;
    private final Duration each;

    FrameTimes(Path folder, Duration each) {
        this.folder = folder;
        this.each = each;
    }

    void measure() throws Exception {
        Files.createDirectories(folder);
        AtomicBoolean enough = new AtomicBoolean();
        AtomicLong answers = new AtomicLong();
        try (LocalNetwork network =
                LocalNetwork.start(Installation.current(), NetworkFolder.forBriefRun(folder.resolve("network")))) {
            Path data = Files.createDirectories(folder.resolve("host"));
            Files.writeString(
                    data.resolve("settings.json"),
                    "{\"orchestrator\": \"" + network.orchestrator().hostUrl() + "\", \"sharing\": true}");
            Thread.ofPlatform().daemon().start(() -> Application.launch(DesktopApp.class, "--data", data.toString()));
            OpenAiClient consumer = network.newConsumer("alice", Credits.ofDollars(100));
            awaitModel(consumer);
            tell("scrolling", frames(KeyCode.DIGIT6, FrameTimes::scroll), 0);
            tell("typing", frames(KeyCode.DIGIT4, FrameTimes::type), 0);
            Thread asking = Thread.ofVirtual().start(() -> {
                while (!enough.get()) {
                    consumer.chat(ChatRequest.of("sprout-1.4m-q8_0", "Tell me a story about an owl and a map."));
                    answers.incrementAndGet();
                }
            });
            tell("scrolling while a model serves", frames(KeyCode.DIGIT6, FrameTimes::scroll), answers.getAndSet(0));
            tell("typing while a model serves", frames(KeyCode.DIGIT4, FrameTimes::type), answers.get());
            enough.set(true);
            asking.join();
            Platform.exit();
            Thread.sleep(Duration.ofSeconds(3));
        }
    }

    private static void awaitModel(OpenAiClient consumer) throws InterruptedException {
        while (consumer.get("/v1/models").json().path("data").isEmpty()) Thread.sleep(200);
    }

    /** What a person does, once for each frame. */
    private interface Move {
        void at(long frame);
    }

    private List<Long> frames(KeyCode room, Move move) throws InterruptedException {
        CountDownLatch opened = new CountDownLatch(1);
        Platform.runLater(() -> {
            open(room);
            opened.countDown();
        });
        opened.await();
        Thread.sleep(Duration.ofSeconds(2));
        List<Long> gaps = Collections.synchronizedList(new ArrayList<>());
        AnimationTimer timer = new AnimationTimer() {
            private long last;
            private long count;

            @Override
            public void handle(long ignored) {
                long now = System.nanoTime();
                if (last != 0) gaps.add(now - last);
                last = now;
                move.at(count++);
            }
        };
        Platform.runLater(timer::start);
        Thread.sleep(each);
        Platform.runLater(timer::stop);
        return new ArrayList<>(gaps);
    }

    private static void open(KeyCode digit) {
        Parent root = root();
        root.fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "", "", digit, false, true, false, false));
    }

    private static void scroll(long frame) {
        ScrollPane pane = find(root(), ScrollPane.class);
        if (pane != null) pane.setVvalue((Math.sin(frame / 30.0) + 1) / 2);
    }

    private static void type(long frame) {
        TextInputControl field = (TextInputControl) root().lookup("#draft");
        if (field == null || frame % 5 != 0) return;
        field.appendText(frame % 30 == 0 ? " " : "a");
        if (field.getLength() > 400) field.clear();
    }

    private static Parent root() {
        return Window.getWindows().stream()
                .filter(Stage.class::isInstance)
                .filter(Window::isShowing)
                .map(window -> window.getScene().getRoot())
                .findFirst()
                .orElseThrow();
    }

    private static <T extends Node> T find(Node node, Class<T> type) {
        if (!node.isVisible()) return null;
        if (type.isInstance(node)) return type.cast(node);
        if (node instanceof Parent parent)
            for (Node child : parent.getChildrenUnmodifiable()) {
                T found = find(child, type);
                if (found != null) return found;
            }
        return null;
    }

    private static void tell(String what, List<Long> gaps, long answers) {
        Collections.sort(gaps);
        System.out.printf(
                Locale.ROOT,
                "%s: %d frames, p50 %.1f ms, p95 %.1f ms, p99 %.1f ms, longest %.1f ms%s%n",
                what,
                gaps.size(),
                at(gaps, 0.50),
                at(gaps, 0.95),
                at(gaps, 0.99),
                gaps.getLast() / 1e6,
                answers == 0 ? "" : "; " + answers + " answers meanwhile");
    }

    private static double at(List<Long> sorted, double share) {
        return sorted.get((int) Math.min(sorted.size() - 1, sorted.size() * share)) / 1e6;
    }
}
