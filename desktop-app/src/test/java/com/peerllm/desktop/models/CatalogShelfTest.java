package com.peerllm.desktop.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.desktop.models.VariantFace.Way;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Workbench;
import com.peerllm.host.earnings.RecentPay;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.modelstore.Download;
import com.peerllm.host.modelstore.Download.State;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.money.Credits;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** The catalogue as a person searches it, without a window. */
class CatalogShelfTest {
    private static final URI QWEN_FILE =
            URI.create("https://huggingface.co/owner/qwen2.5-7b-instruct/resolve/main/qwen2.5-7b-instruct-q4_k_m.gguf");

    private final StagedModels staged = new StagedModels();
    private final Queue<Runnable> background = new ArrayDeque<>();
    private final ModelsViewModel model = new ModelsViewModel(
            staged.source(),
            new Workbench(Runnable::run, background::add, () -> Instant.EPOCH, new Messages(Locale.US), room -> {}));
    private final CatalogShelf shelf = model.catalog();

    @Test
    void theRecommendedModelStandsFirst() {
        staged.hasACatalog();
        assertThat(shelf.shown()).hasSize(5);
        assertThat(face(0).name()).isEqualTo("Qwen2.5 7B Instruct");
        assertThat(face(0).recommended()).isTrue();
        assertThat(face(1).recommended()).isFalse();
    }

    @Test
    void findsByNameFamilyAndLicence() {
        staged.hasACatalog();
        assertThat(found("llama")).containsExactly("Llama 3.2 3B Instruct");
        assertThat(found("IBM")).containsExactly("Granite 3.1 8B Instruct");
        assertThat(found("apache mistral")).containsExactly("Mistral Small 24B Instruct");
        assertThat(found("no such model")).isEmpty();
        shelf.searchAgain();
        assertThat(shelf.shown()).hasSize(5);
    }

    @Test
    void filtersByWhatSuitsThisComputer() {
        staged.hasACatalog();
        shelf.filterProperty().set(Optional.of(FitFace.Kind.TOO_BIG));
        assertThat(names()).containsExactly("Mistral Small 24B Instruct");
        shelf.filterProperty().set(Optional.of(FitFace.Kind.UNKNOWN));
        assertThat(names()).containsExactly("Granite 3.1 8B Instruct");
    }

    @Test
    void whatWasNotReadIsSaidToBeSo() {
        staged.hasACatalog();
        found("smollm");
        assertThat(face(0).best().size()).isEqualTo("size not read yet");
        assertThat(face(0).best().speed()).isEqualTo("speed not measured yet");
    }

    @Test
    void anExpectedSpeedIsCalledAnEstimate() {
        staged.hasACatalog();
        assertThat(face(0).best().speed()).isEqualTo("about 11.2 tokens per second (estimated)");
        assertThat(face(0).best().fit().word()).isEqualTo("Great");
        assertThat(face(0).others())
                .singleElement()
                .satisfies(other -> assertThat(other.fit().word()).isEqualTo("Slow"));
    }

    @Test
    void tellsWhatHostsOfAModelWerePaidAndSaysWhereThatIsNotKnown() {
        staged.hasACatalog();
        assertThat(face(0).paid()).isEqualTo("What hosts of it were paid lately: no data yet");
        ModelDigest qwen = StagedModels.digest("qwen2.5-7b-instruct-q4_k_m");
        staged.recentPay.set(Optional.of(
                new RecentPay(Map.of(qwen, new RecentPay.OfModel(new Credits(1_250_000_000), 1)), true)));
        assertThat(face(0).paid()).isEqualTo("Hosts of it earned $1.25 in 7 days (1 host)");
        found("llama");
        assertThat(face(0).paid()).isEqualTo("No host of it was paid in the last 7 days");
        staged.recentPay.set(Optional.of(new RecentPay(Map.of(), false)));
        assertThat(face(0).paid()).as("only the best paid were told").endsWith("no data yet");
        found("smollm");
        assertThat(face(0).paid()).as("its digest was not read yet").endsWith("no data yet");
    }

    @Test
    void sayWhyInThePersonsLanguage() {
        FitWording german = new FitWording(new Messages(Locale.GERMANY));
        assertThat(german.of(StagedModels.tooBig(16_000_000_000L, 11_000_000_000L))
                        .why())
                .startsWith("Zu wenig Speicher: 16\u00a0GB werden gebraucht, 11\u00a0GB sind nutzbar.");
        assertThat(german.of(StagedModels.great(6_100_000_000L, 4.1)).why())
                .isEqualTo(
                        "Braucht 6,1\u00a0GB Speicher für 4 Antworten zugleich; nach hiesigen Messungen etwa 4,1 Token pro"
                                + " Sekunde, langsamer als man liest.");
        assertThat(german.of(StagedModels.great(6_100_000_000L, 0)).why()).endsWith("schnell zu sein.");
    }

    @Test
    void theNetworkIsAskedWhileTheScreenIsSeen() {
        model.refresh();
        assertThat(staged.recentPayAsked).hasValue(0);
        model.seenProperty().set(true);
        model.refresh();
        assertThat(staged.recentPayAsked).hasValue(1);
    }

    @Test
    void aVariantThatFitsGoesBeforeOneThatDoesNot() {
        staged.hasACatalog();
        CatalogOffer qwen = staged.catalog.get().getFirst();
        CatalogOffer tight = new CatalogOffer(
                qwen.model(),
                List.of(StagedModels.tooBig(2_000_000_000, 1_000_000_000), StagedModels.great(500_000_000, 0)),
                false);
        assertThat(CatalogWording.best(tight)).isEqualTo(1);
        assertThat(CatalogWording.best(qwen)).isZero();
    }

    @Test
    void downloadsAVariant() {
        staged.hasACatalog();
        shelf.shown().getFirst().download("qwen2.5-7b-instruct-q8_0.gguf");
        workInBackground();
        assertThat(staged.asked)
                .containsExactly("fetch https://huggingface.co/owner/qwen2.5-7b-instruct/resolve/main/"
                        + "qwen2.5-7b-instruct-q8_0.gguf");
    }

    @Test
    void saysWhyADownloadCouldNotBegin() {
        staged.hasACatalog();
        staged.refusal = Optional.of(
                new HostException(Problem.USAGE, "Not enough free disk: needs 4.7 GB, has 2.3 GB. Free space."));
        shelf.shown().getFirst().download("qwen2.5-7b-instruct-q4_k_m.gguf");
        workInBackground();
        assertThat(shelf.shown().getFirst().troubleProperty().get())
                .hasValueSatisfying(sentence -> assertThat(sentence).startsWith("Not enough free disk"));
    }

    @Test
    void showsWhatIsOnItsWayAndWhatIsHere() {
        staged.hasACatalog();
        assertThat(face(0).best().way()).isEqualTo(Way.DOWNLOAD);
        staged.downloads.set(List.of(of(new State.Running(1_000_000, Optional.of(Duration.ofMinutes(5))))));
        assertThat(face(0).best().way()).isEqualTo(Way.ON_ITS_WAY);
        assertThat(face(0).best().place()).isEqualTo("40% downloaded");
        staged.downloads.set(List.of(of(new State.Failed("Not enough free disk."))));
        assertThat(face(0).best().place()).isEqualTo("Download stopped");
        staged.downloads.set(List.of());
        staged.hasSeveral();
        assertThat(face(0).best().way()).as("by its digest").isEqualTo(Way.HERE);
        assertThat(face(0).others().getFirst().way()).isEqualTo(Way.DOWNLOAD);
    }

    @Test
    void keepsItsRowsWhileADownloadCounts() {
        staged.hasACatalog();
        List<CatalogRow> before = List.copyOf(shelf.shown());
        staged.downloads.set(List.of(of(new State.Running(1_000_000, Optional.empty()))));
        assertThat(shelf.shown()).containsExactlyElementsOf(before);
    }

    private static Download of(State state) {
        return new Download(
                "1",
                "qwen",
                QWEN_FILE,
                Path.of("/models/qwen.gguf"),
                OptionalLong.of(4_683_073_952L),
                Optional.empty(),
                1_873_229_580L,
                state);
    }

    private List<String> found(String words) {
        shelf.queryProperty().set(words);
        return names();
    }

    private List<String> names() {
        return shelf.shown().stream()
                .map(row -> row.faceProperty().get().name())
                .toList();
    }

    private CatalogFace face(int index) {
        return shelf.shown().get(index).faceProperty().get();
    }

    private void workInBackground() {
        while (!background.isEmpty()) background.remove().run();
    }
}
