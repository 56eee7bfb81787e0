package com.peerllm.desktop.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.desktop.models.ArrivalFace.Kind;
import com.peerllm.desktop.models.ArrivalQuestion.Answer;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Workbench;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that come to this computer's models, without a window. */
class ArrivalsTest {
    @TempDir
    Path folder;

    private final StagedModels staged = new StagedModels();
    private final Queue<Runnable> background = new ArrayDeque<>();
    private final Arrivals arrivals = new Arrivals(
            staged.source().models(),
            new Workbench(Runnable::run, background::add, () -> Instant.EPOCH, new Messages(Locale.US), room -> {}));

    @Test
    void asksHowAFileIsToBeTakenInBeforeItIsRead() throws IOException {
        arrive(file("qwen.gguf"));

        assertThat(question()).isEqualTo("Add qwen.gguf (2.0\u00a0kB)?");
        assertThat(staged.asked).isEmpty();
        answer(Answer.USE_WHERE_THEY_LIE);

        assertThat(staged.asked).containsExactly("take qwen.gguf");
        assertThat(only())
                .isEqualTo(new ArrivalFace(
                        "qwen.gguf",
                        Kind.ADDED,
                        "Added as qwen and offered to the network. It is used where it lies.",
                        Optional.empty(),
                        false));
    }

    @Test
    void copiesWhenAskedTo() throws IOException {
        arrive(file("qwen.gguf"));
        answer(Answer.COPY);
        assertThat(staged.asked).containsExactly("copy qwen.gguf");
        assertThat(only().sentence()).isEqualTo("Copied, added as qwen and offered to the network.");
    }

    @Test
    void leavesWhatTheyDoNotWant() throws IOException {
        arrive(file("qwen.gguf"));
        answer(Answer.LEAVE);
        assertThat(staged.asked).isEmpty();
        assertThat(arrivals.rows()).isEmpty();
    }

    @Test
    void takesAFolderOfModelsOneAfterTheOther() throws IOException {
        file("a.gguf");
        file("deep/er/b.GGUF");
        file("deep/readme.md");

        arrive(folder);
        assertThat(question()).isEqualTo("Add a.gguf and 1 other model file (4.0\u00a0kB)?");
        answer(Answer.USE_WHERE_THEY_LIE);

        assertThat(staged.asked).containsExactly("take a.gguf", "take b.GGUF");
        assertThat(faces()).extracting(ArrivalFace::kind).containsExactly(Kind.ADDED, Kind.ADDED);
    }

    @Test
    void recognisesWhatIsHereAlready() throws IOException {
        staged.hasSeveral();
        arrive(file("llama-3.2-3b-instruct-q4_k_m.gguf"));
        answer(Answer.USE_WHERE_THEY_LIE);
        assertThat(only().kind()).isEqualTo(Kind.LEFT);
        assertThat(only().sentence()).isEqualTo("It was here already, as llama-3.2-3b-instruct-q4_k_m.");
    }

    @Test
    void refusesWhatIsNoModelWithASentence() throws IOException {
        arrive(file("letter.docx"), file("photo.png"), folder.resolve("nothing-here.gguf"));
        assertThat(only().kind()).isEqualTo(Kind.REFUSED);
        assertThat(only().name()).isEqualTo("letter.docx");
        assertThat(only().sentence()).isEqualTo("This and 2 others are no model files: their names end in .gguf.");
        assertThat(staged.asked).isEmpty();
    }

    @Test
    void saysThatAFolderHasNoModel() throws IOException {
        file("letters/letter.docx");
        arrive(folder.resolve("letters"));
        assertThat(only().sentence()).isEqualTo("There is no .gguf file in this folder.");
    }

    @Test
    void takesTheRightOnesOfAMixture() throws IOException {
        arrive(file("letter.docx"), file("qwen.gguf"));
        assertThat(question()).isEqualTo("Add qwen.gguf (2.0\u00a0kB)?");
        answer(Answer.USE_WHERE_THEY_LIE);
        assertThat(faces()).extracting(ArrivalFace::kind).containsExactly(Kind.REFUSED, Kind.ADDED);
    }

    @Test
    void saysWhyAFileCannotBeUsed() throws IOException {
        staged.refusal = Optional.of(new HostException(Problem.BAD_MODEL, "The file broken.gguf ends too early."));
        arrive(file("broken.gguf"));
        answer(Answer.COPY);
        assertThat(only().kind()).isEqualTo(Kind.REFUSED);
        assertThat(only().sentence()).isEqualTo("The file broken.gguf ends too early.");
    }

    @Test
    void showsHowFarTheReadingIsAndCanBeGivenUp() throws IOException {
        List<ArrivalFace> seen = new ArrayList<>();
        staged.reading = (progress, cancellation) -> {
            progress.at(1_500_000_000L, 6_000_000_000L);
            seen.add(only());
            ((ArrivalRow) arrivals.rows().getFirst()).leave();
            cancellation.check();
        };
        arrive(file("big.gguf"));
        answer(Answer.USE_WHERE_THEY_LIE);

        assertThat(seen).singleElement().satisfies(face -> {
            assertThat(face.share()).hasValue(0.25);
            assertThat(face.sentence()).isEqualTo("1.5\u00a0GB of 6.0\u00a0GB read");
        });
        assertThat(only().sentence()).isEqualTo("Not added. Nothing was left behind.");
        assertThat(staged.models.get()).isEmpty();
    }

    @Test
    void whatWaitsCanBeGivenUpBeforeItsTurn() throws IOException {
        staged.reading =
                (progress, cancellation) -> ((ArrivalRow) arrivals.rows().getLast()).leave();
        arrive(file("first.gguf"), file("second.gguf"));
        answer(Answer.USE_WHERE_THEY_LIE);
        assertThat(staged.asked).containsExactly("take first.gguf");
        assertThat(faces()).extracting(ArrivalFace::kind).containsExactly(Kind.ADDED, Kind.LEFT);
    }

    @Test
    void whatBecameOfTheLastOnesGoesWhenOthersCome() throws IOException {
        arrive(file("first.gguf"));
        answer(Answer.USE_WHERE_THEY_LIE);
        arrive(file("second.gguf"));
        assertThat(arrivals.rows()).singleElement().isInstanceOf(ArrivalQuestion.class);
    }

    @Test
    void filesThatComeWhileItAsksAreAskedAboutTogether() throws IOException {
        Path first = file("first.gguf");
        arrive(first);
        arrive(first, file("second.gguf"));
        assertThat(question()).isEqualTo("Add first.gguf and 1 other model file (4.0\u00a0kB)?");
    }

    @Test
    void doesNotReadADroppedDiskToItsEnd() throws IOException {
        for (int i = 0; i <= FoundFiles.MOST_FILES; i++) file(String.format("%03d.gguf", i));
        arrive(folder);
        assertThat(question()).startsWith("Add 000.gguf and 99 other model files");
        assertThat(faces()).singleElement().satisfies(face -> {
            assertThat(face.name()).isEqualTo("099.gguf");
            assertThat(face.sentence()).startsWith("There were too many files at once. The first 100 are taken");
        });
    }

    private Path file(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, new byte[2_000]);
    }

    private void arrive(Path... files) {
        arrivals.receive(List.of(files));
        workInBackground();
    }

    private void answer(Answer answer) {
        ((ArrivalQuestion) arrivals.rows().getFirst()).answer(answer);
        workInBackground();
    }

    private String question() {
        return ((ArrivalQuestion) arrivals.rows().getFirst()).sentenceProperty().get();
    }

    private List<ArrivalFace> faces() {
        return arrivals.rows().stream()
                .filter(ArrivalRow.class::isInstance)
                .map(row -> ((ArrivalRow) row).faceProperty().get())
                .toList();
    }

    private ArrivalFace only() {
        assertThat(faces()).hasSize(1);
        return faces().getFirst();
    }

    private void workInBackground() {
        while (!background.isEmpty()) background.remove().run();
    }
}
