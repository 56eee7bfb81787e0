package com.peerllm.host.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.peerllm.host.kernel.HandAlarms;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.platform.AppFolders;
import com.peerllm.host.published.BuildValues;
import com.peerllm.host.published.LastLook;
import com.peerllm.host.published.PublishingServer;
import com.peerllm.host.published.SignedFile;
import com.peerllm.shared.identity.PeerIdentity;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.OkHttpClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that looks for newer catalogues at a server of this computer. */
class CatalogInUseTest {
    private final PeerIdentity maintainer = PeerIdentity.generate();
    private final SignedFile fifth = signed(5, "old");
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-23T08:00:00Z"));
    private final HandAlarms alarms = new HandAlarms();
    private final PublishingServer server = new PublishingServer();

    @TempDir
    Path folder;

    private LastLook last;
    private NewerCatalog newer;
    private CatalogInUse inUse;

    @BeforeEach
    void open() {
        AppFolders folders = new AppFolders(folder.resolve("data"));
        last = new LastLook(folders.catalogLook(), now::get);
        newer = new NewerCatalog(
                new Catalogs(folders, fifth, maintainer.publicKey()), build(), new OkHttpClient(), last);
        inUse = new CatalogInUse(
                newer, last, alarms, new Random(1), Thread.ofPlatform().daemon().factory());
    }

    private BuildValues build() {
        Properties properties = new Properties();
        properties.setProperty(
                NewerCatalog.PROPERTY, server.address("catalog.json").toString());
        return new BuildValues(properties);
    }

    private SignedFile signed(long version, String model) {
        return CatalogFile.signed(
                SomeCatalog.of(version, SomeCatalog.model(model, 1_000, SomeCatalog.unread(model + ".gguf"))),
                maintainer);
    }

    @AfterEach
    void close() {
        inUse.stop();
        server.close();
    }

    @Test
    void aNewerOneIsFoundWithinMinutesOfTheStartAndThenLookedForOnceADay() {
        server.publish("catalog.json", signed(6, "new"));
        inUse.start();
        pass(Duration.ofMinutes(6));

        Awaitility.await().until(() -> inUse.current().get().version() == 6);
        assertThat(last.at()).contains(now.get());
        pass(Duration.ofHours(22));
        assertThat(server.asked("catalog.json")).isEqualTo(1);
        pass(Duration.ofHours(4));
        Awaitility.await().until(() -> server.asked("catalog.json") > 1);
    }

    @Test
    void oneThatIsOlderOrSignedBySomebodyElseIsRefusedAndTheOneInUseStays() {
        server.publish("catalog.json", signed(4, "older"));
        assertThatThrownBy(newer::look).hasMessageContaining("version 4 is older than version 5 in use");

        SignedFile foreign = CatalogFile.signed(SomeCatalog.of(9), PeerIdentity.generate());
        server.publish("catalog.json", foreign);
        assertThatThrownBy(newer::look)
                .isInstanceOf(HostException.class)
                .hasMessageContaining("not that of the PeerLLM maintainers");

        assertThat(newer.inUse().version()).isEqualTo(5);
    }

    @Test
    void aServerThatHasNoneIsToldInASentence() {
        assertThatThrownBy(newer::look).hasMessageContaining("catalog.json answers with HTTP 404.");
    }

    @Test
    void aBuildWithoutAnAddressSaysSo() {
        NewerCatalog without = new NewerCatalog(
                new Catalogs(new AppFolders(folder), fifth, maintainer.publicKey()),
                new BuildValues(new Properties()),
                new OkHttpClient(),
                new LastLook(folder.resolve("looked"), now::get));

        assertThatThrownBy(without::look).hasMessageStartingWith("This build has no address for newer catalogues.");
    }

    private void pass(Duration time) {
        for (Duration left = time; left.isPositive(); left = left.minusMinutes(1)) {
            now.updateAndGet(before -> before.plusSeconds(60));
            alarms.advance(Duration.ofMinutes(1));
        }
    }
}
