package com.peerllm.host.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.peerllm.host.kernel.HostException;
import com.peerllm.host.storage.HostDatabase;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PinnedDigestsTest {
    private static final URI FILE = URI.create("https://huggingface.co/a/b/resolve/main/c.gguf");

    @TempDir
    Path folder;

    @Test
    void theFirstDigestStaysAndAnotherIsRefusedAlsoAfterARestart() {
        try (HostDatabase database = HostDatabase.open(folder.resolve("host"))) {
            pins(database).pin(FILE, SomeCatalog.digest("a"));
            pins(database).pin(FILE, SomeCatalog.digest("a"));
        }
        try (HostDatabase database = HostDatabase.open(folder.resolve("host"))) {
            PinnedDigests pins = pins(database);

            assertThatThrownBy(() -> pins.pin(FILE, SomeCatalog.digest("b")))
                    .isInstanceOf(HostException.class)
                    .hasMessageContaining("is not the one that was read first");
            assertThat(pins.of(FILE)).contains(SomeCatalog.digest("a"));
            pins.forget(FILE);
            pins.pin(FILE, SomeCatalog.digest("b"));
            assertThat(pins.of(FILE)).contains(SomeCatalog.digest("b"));
        }
    }

    private static PinnedDigests pins(HostDatabase database) {
        return new PinnedDigests(database.digestPins(), InstantSource.system());
    }
}
