package com.peerllm.host.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.peerllm.host.catalog.CatalogRefresh.Kind;
import com.peerllm.host.catalog.CatalogRefresh.Refreshed;
import com.peerllm.host.kernel.Cancellation;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.shared.model.ModelDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class CatalogRefreshTest {
    private static final Instant NOW = Instant.parse("2026-11-23T09:30:00Z");

    private final Catalog catalog = SomeCatalog.of(
            3,
            SomeCatalog.model("both", 1_000, SomeCatalog.unread("a.gguf"), SomeCatalog.read("b.gguf", 20, "b")),
            SomeCatalog.model("other", 1_000, SomeCatalog.read("c.gguf", 30, "c")));

    @Test
    void writesSizeDigestAndTimeOfWhatThePublisherLists() {
        Refreshed refreshed = refresh(
                false,
                model -> model.id().equals("both")
                        ? Map.of("a.gguf", listed("a.gguf", 10, "a"), "b.gguf", listed("b.gguf", 20, "b"))
                        : Map.of("c.gguf", listed("c.gguf", 30, "c")));

        assertThat(refreshed.isComplete()).isTrue();
        assertThat(refreshed.catalog().version()).isEqualTo(4);
        assertThat(refreshed.catalog().writtenAt()).isEqualTo(NOW);
        CatalogVariant first =
                refreshed.catalog().models().getFirst().variants().getFirst();
        assertThat(first.sizeBytes()).hasValue(10);
        assertThat(first.digest()).contains(SomeCatalog.digest("a"));
        assertThat(first.readAt()).contains(NOW);
    }

    @Test
    void aFileThatIsGoneIsLeftOutAndTold() {
        Refreshed refreshed = refresh(
                false, model -> model.id().equals("both") ? Map.of("b.gguf", listed("b.gguf", 20, "b")) : Map.of());

        assertThat(refreshed.catalog().models())
                .singleElement()
                .satisfies(model -> assertThat(model.variants())
                        .extracting(CatalogVariant::file)
                        .containsExactly("b.gguf"));
        assertThat(refreshed.findings())
                .filteredOn(finding -> finding.kind() == Kind.GONE)
                .extracting(CatalogRefresh.Finding::sentence)
                .containsExactly(
                        "a.gguf is not in somebody/both any more.", "c.gguf is not in somebody/other any more.");
    }

    @Test
    void anotherDigestIsTakenOnlyWhenTheMaintainerSaysSo() {
        Refreshed careful = refresh(false, CatalogRefreshTest::changed);
        Refreshed told = refresh(true, CatalogRefreshTest::changed);

        assertThat(careful.isComplete()).isFalse();
        assertThat(digestOfC(careful)).contains(SomeCatalog.digest("c"));
        assertThat(digestOfC(told)).contains(SomeCatalog.digest("d"));
    }

    @Test
    void aRepositoryThatCannotBeReadKeepsWhatIsKnownOfIt() {
        Refreshed refreshed = refresh(false, model -> {
            throw new HostException(Problem.PUBLISHER, "The publisher is busy.");
        });

        assertThat(refreshed.catalog().models()).isEqualTo(catalog.models());
        assertThat(refreshed.findings())
                .extracting(CatalogRefresh.Finding::kind)
                .containsOnly(Kind.NOT_READ);
    }

    @Test
    void aFileThatIsNotInLfsHasNoDigestAndStaysUnread() {
        Refreshed refreshed = refresh(
                false,
                model -> Map.of(
                        "a.gguf", new ListedFile("a.gguf", 10, Optional.empty()),
                        "b.gguf", listed("b.gguf", 20, "b"),
                        "c.gguf", listed("c.gguf", 30, "c")));

        assertThat(refreshed.catalog().models().getFirst().variants().getFirst().sizeBytes())
                .isEmpty();
        assertThat(refreshed.isComplete()).isFalse();
    }

    @Test
    void itCanBeCancelledBetweenModels() {
        Cancellation cancellation = new Cancellation();
        CatalogRefresh refresh = new CatalogRefresh(
                model -> {
                    cancellation.cancel();
                    return Map.of();
                },
                InstantSource.fixed(NOW),
                false);

        assertThatThrownBy(() -> refresh.of(catalog, finding -> {}, cancellation))
                .isInstanceOf(CancellationException.class);
    }

    private Refreshed refresh(boolean acceptChanged, Function<CatalogModel, Map<String, ListedFile>> listings) {
        return new CatalogRefresh(listings, InstantSource.fixed(NOW), acceptChanged)
                .of(catalog, finding -> {}, new Cancellation());
    }

    private static Map<String, ListedFile> changed(CatalogModel model) {
        return Map.of(
                "a.gguf",
                listed("a.gguf", 10, "a"),
                "b.gguf",
                listed("b.gguf", 20, "b"),
                "c.gguf",
                listed("c.gguf", 31, "d"));
    }

    private static Optional<ModelDigest> digestOfC(Refreshed refreshed) {
        return refreshed.catalog().models().getLast().variants().getFirst().digest();
    }

    private static ListedFile listed(String path, long size, String digit) {
        return new ListedFile(path, size, Optional.of(SomeCatalog.digest(digit)));
    }
}
