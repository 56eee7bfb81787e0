package com.peerllm.desktop.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.desktop.models.ModelsViewModel.Part;
import com.peerllm.desktop.models.ModelsViewModel.Stock;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Room;
import com.peerllm.desktop.toolkit.Workbench;
import com.peerllm.host.kernel.Cancellation;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.modelstore.Download.State;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is on this computer and comes to it, without a window and without the JavaFX toolkit. */
class ModelsViewModelTest {
    private static final String LLAMA = "llama-3.2-3b-instruct-q4_k_m";
    private static final String QWEN = "qwen2.5-7b-instruct-q4_k_m";

    private final StagedModels staged = new StagedModels();
    private final Queue<Runnable> background = new ArrayDeque<>();
    private final List<Room> opened = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-23T10:00:00Z");
    private final ModelsViewModel model = in(Locale.US);

    private ModelsViewModel in(Locale locale) {
        return new ModelsViewModel(
                staged.source(),
                new Workbench(Runnable::run, background::add, () -> now, new Messages(locale), opened::add));
    }

    @Test
    void saysOfEachModelWhatItIsAndHowItStands() {
        staged.hasSeveral();

        assertThat(face(QWEN).state()).isEqualTo("Loaded, offered to the network");
        assertThat(face(QWEN).facts()).isEqualTo("4.7\u00a0GB · Q4_K_M · 32,768 tokens of context");
        assertThat(face(QWEN).speed()).isEqualTo("11.2 tokens per second (measured)");
        assertThat(face(QWEN).price()).isEqualTo("The network’s price");
        assertThat(face(LLAMA).state()).isEqualTo("Offered to the network");
        assertThat(face(LLAMA).speed()).isEqualTo("about 24.3 tokens per second (estimated)");
        assertThat(face(LLAMA).price()).isEqualTo("$0.05 for prompts and $0.20 for answers, for a million tokens each");
        assertThat(face("gemma-2-9b-it-q4_k_m").state()).isEqualTo("Loading");
        assertThat(face("mistral-small-24b-instruct-2501-q4_k_m").state()).isEqualTo("For this computer only");
        assertThat(face("mistral-small-24b-instruct-2501-q4_k_m").speed()).isEqualTo("speed not measured yet");
    }

    @Test
    void saysWhatIsWrongAndWhatToDo() {
        staged.isInTrouble();

        assertThat(face(QWEN).state()).isEqualTo("File missing");
        assertThat(face(QWEN).problem())
                .hasValue("The file is gone from "
                        + row(QWEN).faceProperty().get().place() + ". Put it back, or add it from its new place.");
        assertThat(face(QWEN).facts()).as("nothing is invented").isEqualTo("4.7\u00a0GB");
        assertThat(face("gemma-2-9b-it-q4_k_m").state()).isEqualTo("Could not be loaded");
        assertThat(face("gemma-2-9b-it-q4_k_m").problem())
                .hasValueSatisfying(sentence -> assertThat(sentence).startsWith("Not enough memory"));
        assertThat(face("my-finetune").state()).isEqualTo("File changed");
    }

    @Test
    void offersOnlyWhatCanBeDone() {
        staged.hasSeveral();
        assertThat(face(QWEN).actions())
                .as("pinned models stay in memory")
                .isEqualTo(new ModelFace.Actions(false, false, true, true));
        assertThat(face(LLAMA).actions()).isEqualTo(new ModelFace.Actions(true, false, true, true));
        assertThat(face("gemma-2-9b-it-q4_k_m").actions())
                .as("while it loads")
                .isEqualTo(new ModelFace.Actions(false, false, false, true));
        staged.isInTrouble();
        assertThat(face(QWEN).actions()).isEqualTo(new ModelFace.Actions(false, false, false, false));
    }

    @Test
    void keepsItsRowsWhileWhatTheyShowChanges() {
        staged.hasSeveral();
        List<HereRow> before = List.copyOf(model.here());

        staged.offer(LLAMA, false);
        staged.add(StagedModels.model("another", 1_000_000_000, "Q4_K_M", 4096, StagedModels.great(2_000_000_000L, 0)));

        assertThat(model.here()).containsAll(before);
        assertThat(face(LLAMA).state()).isEqualTo("For this computer only");
        assertThat(names()).startsWith("another");
    }

    @Test
    void aSwitchShowsWhatWasWishedUntilItIsSo() {
        staged.hasSeveral();

        row(LLAMA).offer(false);

        assertThat(face(LLAMA).onNetwork()).isFalse();
        assertThat(row(LLAMA).busyProperty().get()).isTrue();
        assertThat(staged.asked).as("not on the thread of the screens").isEmpty();
        workInBackground();
        assertThat(staged.asked).containsExactly("keep " + LLAMA);
        assertThat(face(LLAMA).onNetwork()).isFalse();
    }

    @Test
    void aSwitchThatFailedGoesBackAndSaysWhy() {
        staged.hasSeveral();
        staged.refusal = Optional.of(new HostException(Problem.DATA_FOLDER_BROKEN, "The settings cannot be written."));

        row(LLAMA).pin(true);
        assertThat(face(LLAMA).pinned()).isTrue();
        workInBackground();

        assertThat(face(LLAMA).pinned()).isFalse();
        assertThat(row(LLAMA).troubleProperty().get()).hasValue("The settings cannot be written.");
    }

    @Test
    void whatTheHostSaysStandsWhenAWishDoesNotCome() {
        staged.hasSeveral();
        row(LLAMA).offer(false);
        workInBackground();
        staged.offer(LLAMA, true);

        now = now.plusSeconds(4);
        model.refresh();

        assertThat(face(LLAMA).onNetwork()).isTrue();
    }

    @Test
    void aPriceIsChangedInItsPlace() {
        staged.hasSeveral();
        PriceEditor editor = row(LLAMA).priceEditor();

        row(LLAMA).editPrice();
        assertThat(editor.promptProperty().get()).isEqualTo("0.05");
        assertThat(editor.completionProperty().get()).isEqualTo("0.20");
        editor.promptProperty().set(" 0.40 ");
        editor.completionProperty().set("$1.20");
        editor.save();
        workInBackground();

        assertThat(editor.openProperty().get()).isFalse();
        assertThat(face(LLAMA).price()).isEqualTo("$0.40 for prompts and $1.20 for answers, for a million tokens each");
        editor.askAsTheNetwork();
        workInBackground();
        assertThat(face(LLAMA).price()).isEqualTo("The network’s price");
    }

    @Test
    void nothingIsAskedAtAPriceThatNobodyMeant() {
        staged.hasSeveral();
        PriceEditor editor = row(LLAMA).priceEditor();
        for (String wrong : List.of("1,200", "-1", "free", "0.0000000001", "1e99999999")) {
            row(LLAMA).editPrice();
            editor.promptProperty().set(wrong);
            editor.save();
            assertThat(editor.troubleProperty().get())
                    .as(wrong)
                    .hasValueSatisfying(sentence -> assertThat(sentence).startsWith("“" + wrong + "” is not a price."));
            assertThat(editor.openProperty().get()).isTrue();
        }
        editor.promptProperty().set(" ");
        editor.save();
        assertThat(editor.troubleProperty().get())
                .hasValue("There must be two prices: one for prompts, one for answers.");
        workInBackground();
        assertThat(staged.asked).isEmpty();
    }

    @Test
    void aGermanWritesAPriceWithAComma() {
        ModelsViewModel german = in(Locale.GERMANY);
        staged.hasSeveral();
        ModelRow row = rows(german)
                .filter(each -> each.faceProperty().get().name().equals(LLAMA))
                .findFirst()
                .orElseThrow();

        row.editPrice();
        assertThat(row.priceEditor().promptProperty().get()).isEqualTo("0,05");
        row.priceEditor().promptProperty().set("0,40");
        row.priceEditor().save();
        workInBackground();

        assertThat(staged.asked).singleElement().asString().contains("0.400000000");
    }

    @Test
    void aSpeedTestTellsHowLongItRunsAndCanBeGivenUp() {
        staged.hasSeveral();
        SpeedTest test = row(LLAMA).speedTest();

        test.begin();
        now = now.plusSeconds(12);
        model.refresh();
        assertThat(test.progressProperty().get()).isEqualTo("Measuring for 12 s, at most a minute");
        assertThat(test.runningProperty().get()).isTrue();
        test.cancel();
        workInBackground();

        assertThat(test.runningProperty().get()).isFalse();
        assertThat(test.troubleProperty().get()).isEmpty();
        assertThat(staged.measuring)
                .hasValueSatisfying(
                        cancellation -> assertThat(cancellation.isCancelled()).isTrue());
    }

    @Test
    void saysWhetherDeletingDeletesTheFile() {
        staged.hasTheStarter();
        staged.isInTrouble();
        assertThat(face("gemma-2-9b-it-q4_k_m").deletion().consequence())
                .isEqualTo("Deleting it removes its file from this computer and frees 5.8\u00a0GB.");
        assertThat(face("my-finetune").deletion().consequence())
                .isEqualTo("Taking it off the list leaves the file where it is.");
        assertThat(face(QWEN).deletion().consequence()).isEqualTo("Its file is gone already.");

        row("my-finetune").delete();
        workInBackground();
        assertThat(names()).doesNotContain("my-finetune");
    }

    @Test
    void tellsWhatToDoWhileThereIsLittle() {
        assertThat(model.stockProperty().get()).isEqualTo(Stock.NOTHING);
        staged.hasTheStarter();
        assertThat(model.stockProperty().get()).isEqualTo(Stock.STARTER);
        staged.hasSeveral();
        assertThat(model.stockProperty().get()).isEqualTo(Stock.MODELS);
    }

    @Test
    void downloadsStandBeforeTheModelsAndAreNoModels() {
        staged.downloadsSeveral();

        assertThat(model.here().getFirst()).isInstanceOf(DownloadRow.class);
        assertThat(names()).containsExactly("sprout-1.4m-q8_0");
        DownloadFace face = download(QWEN);
        assertThat(face.amounts()).isEqualTo("1.9\u00a0GB of 4.7\u00a0GB");
        assertThat(face.pace()).isEqualTo("11\u00a0MB per second, 4 min left");
        assertThat(face.share()).hasValueSatisfying(share -> assertThat(share).isBetween(0.39, 0.41));
        assertThat(download("smollm2-1.7b-instruct-q4_k_m").amounts()).isEqualTo("Size not known yet");
        assertThat(download("smollm2-1.7b-instruct-q4_k_m").share())
                .as("unknown is not nothing")
                .isEmpty();
        assertThat(download("phi-3.5-mini-instruct-q4_k_m").amounts()).isEqualTo("1.3\u00a0GB of 2.4\u00a0GB checked");
    }

    @Test
    void aDownloadIsPausedGoesOnAndIsCancelled() {
        staged.downloadsSeveral();
        DownloadRow row = downloadRow(QWEN);

        row.pause();
        row.resume();
        row.cancel();
        workInBackground();

        assertThat(staged.asked).containsExactly("pause " + QWEN, "resume " + QWEN, "cancel " + QWEN);
        assertThat(model.here()).doesNotContain(row);
    }

    @Test
    void countsDownToTheNextTry() {
        staged.isInTrouble();
        assertThat(download("phi-3.5-mini-instruct-q4_k_m").pace()).isEqualTo("Next try in 12 s");
        now = now.plusSeconds(5);
        model.refresh();
        assertThat(download("phi-3.5-mini-instruct-q4_k_m").pace()).isEqualTo("Next try in 7 s");
    }

    @Test
    void theStripShowsTheMostTellingDownload() {
        try (DownloadsViewModel strip = new DownloadsViewModel(
                staged.source().downloads(),
                new Workbench(Runnable::run, background::add, () -> now, new Messages(Locale.US), opened::add))) {
            assertThat(strip.leadingProperty().get()).isEmpty();
            staged.downloadsSeveral();
            assertThat(strip.leadingProperty().get()).hasValueSatisfying(leading -> {
                assertThat(leading.row().faceProperty().get().name()).isEqualTo(QWEN);
                assertThat(leading.others()).isEqualTo(" and 4 more");
            });
            staged.downloads.set(
                    List.of(StagedModels.download("done", 10_000_000, 10_000_000, new State.Done("done"))));
            assertThat(strip.leadingProperty().get())
                    .as("what is done is not on its way")
                    .isEmpty();
        }
    }

    @Test
    void saysHowMuchTimeIsLeft() {
        assertThat(left(Duration.ofSeconds(40))).isEqualTo("40 s left");
        assertThat(left(Duration.ofMinutes(59))).isEqualTo("59 min left");
        assertThat(left(Duration.ofMinutes(130))).isEqualTo("2 h 10 min left");
    }

    private String left(Duration left) {
        staged.downloads.set(List.of(
                StagedModels.download("d", 9_000_000_000L, 0, new State.Running(1_000_000, Optional.of(left)))));
        return download("d").pace().replace("1.0\u00a0MB per second, ", "");
    }

    @Test
    void opensItselfForFilesThatCome() {
        model.partProperty().set(Part.CATALOG);
        model.take(List.of(Path.of("no-such.gguf")));
        assertThat(opened).containsExactly(Room.MODELS);
        assertThat(model.partProperty().get()).isEqualTo(Part.HERE);
    }

    @Test
    void aClosedScreenGivesUpWhatNobodyWaitsFor() {
        staged.hasSeveral();
        row(LLAMA).speedTest().begin();
        model.close();
        workInBackground();
        assertThat(staged.measuring).map(Cancellation::isCancelled).hasValue(true);
    }

    private List<String> names() {
        return rows(model).map(row -> row.faceProperty().get().name()).toList();
    }

    private static Stream<ModelRow> rows(ModelsViewModel model) {
        return model.here().stream().filter(ModelRow.class::isInstance).map(ModelRow.class::cast);
    }

    private ModelRow row(String name) {
        return rows(model)
                .filter(row -> row.faceProperty().get().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private ModelFace face(String name) {
        return row(name).faceProperty().get();
    }

    private DownloadRow downloadRow(String name) {
        return model.here().stream()
                .filter(DownloadRow.class::isInstance)
                .map(DownloadRow.class::cast)
                .filter(row -> row.faceProperty().get().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private DownloadFace download(String name) {
        return downloadRow(name).faceProperty().get();
    }

    private void workInBackground() {
        while (!background.isEmpty()) background.remove().run();
    }
}
