package com.peerllm.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.host.catalog.Catalog;
import com.peerllm.host.catalog.CatalogFile;
import com.peerllm.host.published.SignedFile;
import com.peerllm.shared.identity.PeerKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class CatalogCommandTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path folder;

    private final Terminal terminal = new Terminal();

    @Test
    void listsTheModelsWithBadgeSizeAndLicenceAndMakesNothing() {
        Terminal.Said said = list();

        assertThat(said.code()).as(said.err()).isZero();
        assertThat(said.out())
                .contains("qwen2.5-0.5b-instruct  Qwen2.5 0.5B Instruct, Apache-2.0")
                .contains("Q4_K_M")
                .contains("not read yet")
                .contains("Recommended here.")
                .contains("Catalogue 1, signed 2026-11-23");
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void findsByWords() {
        assertThat(list("--search", "phi").out()).contains("phi-4").doesNotContain("gemma");
        assertThat(list("--search", "nothing like it").out()).startsWith("No model of the catalogue has these words.");
    }

    @Test
    void tellsProgramsTheSame() {
        JsonNode listed = JSON.readTree(list("--json").out());

        assertThat(listed.at("/version").asInt()).isEqualTo(1);
        assertThat(listed.at("/recommended/id").asString()).isNotBlank();
        assertThat(listed.at("/models/0/variants/0/from").asString())
                .startsWith("https://huggingface.co/Qwen/Qwen2.5-0.5B-Instruct-GGUF/resolve/main/");
        assertThat(listed.at("/models/0/variants/0/advice/badge").asString())
                .isIn("GREAT", "SLOW", "TOO_BIG", "UNKNOWN");
        assertThat(listed.at("/models/0/variants/0/variant").has("sizeBytes")).isFalse();
    }

    @Test
    void aMaintainerReadsThePublishersListingsAndSignsWhatWasRead() throws Exception {
        Path key = folder.resolve("secret.key");
        Path out = folder.resolve("catalog.json");
        assertThat(terminal.type("catalog", "new-key", key.toString()).code()).isZero();
        assertThat(Files.getPosixFilePermissions(key)).extracting(Enum::name).containsOnly("OWNER_READ", "OWNER_WRITE");

        try (MockWebServer publisher = new MockWebServer()) {
            publisher.setDispatcher(new Hub());
            publisher.start();
            Terminal.Said said = terminal.type(
                    "catalog",
                    "refresh",
                    "--key",
                    key.toString(),
                    "--out",
                    out.toString(),
                    "--from",
                    publisher.url("/").toString());

            assertThat(said.code()).isEqualTo(ExitCode.PUBLISHER.number());
            assertThat(said.err())
                    .contains("phi-4-Q4_K_M.gguf is read.")
                    .contains("! phi-4: phi-4-Q8_0.gguf is not in bartowski/phi-4-GGUF any more.")
                    .contains("! qwen3-8b: The publisher at http://")
                    .contains("has no such repository");
        }
        PeerKey pin =
                PeerKey.parse(Files.readString(folder.resolve("catalog.key")).strip());
        Catalog signed = CatalogFile.verified(SignedFile.read(out), pin);
        assertThat(signed.version()).isEqualTo(2);
        assertThat(signed.find("phi-4").orElseThrow().variants()).hasSize(2).allSatisfy(variant -> {
            assertThat(variant.sizeBytes()).hasValue(9_053_114_816L);
            assertThat(variant.digest().orElseThrow().hex()).isEqualTo("0f".repeat(32));
            assertThat(variant.readAt()).isPresent();
        });
        assertThat(signed.find("qwen3-8b").orElseThrow().variants())
                .allSatisfy(variant -> assertThat(variant.digest()).isEmpty());
    }

    @Test
    void wrongKeysAndFilesAreToldInASentence() throws Exception {
        Path text = Files.writeString(folder.resolve("text"), "not a key");

        assertSays(terminal.type("catalog", "new-key", text.toString()), "is there already");
        assertSays(refresh("--key", text.toString()), "is no key");
        assertSays(refresh("--key", folder.resolve("none").toString()), "cannot be read");
        Path key = folder.resolve("key");
        terminal.type("catalog", "new-key", key.toString());
        assertSays(refresh("--key", key.toString(), "--in", text.toString()), "it cannot be understood");
        assertSays(refresh("--key", key.toString(), "--from", "http://mirror.example"), "not a publisher's address");
        assertThat(folder.resolve("out.json")).doesNotExist();
    }

    @Test
    void checkRecommendsAModelToBeginWith() {
        Path data = folder.resolve("checked");

        assertThat(terminal.type("check", "--data", data.toString()).out()).contains("To begin with: ");
        JsonNode checked = JSON.readTree(
                terminal.type("check", "--json", "--data", data.toString()).out());
        assertThat(checked.at("/recommendation/id").asString()).isNotBlank();
    }

    /** Lists two files of phi-4, and has no other repository. */
    private static final class Hub extends Dispatcher {
        private static final Set<String> FILES = Set.of("phi-4-Q4_K_M.gguf", "phi-4-Q5_K_M.gguf");

        @Override
        public MockResponse dispatch(RecordedRequest request) {
            if (!request.getTarget().startsWith("/api/models/bartowski/phi-4-GGUF/tree/main?"))
                return new MockResponse.Builder().code(404).build();
            String files = String.join(
                    ",",
                    FILES.stream()
                            .map(file ->
                                    "{\"type\":\"file\",\"size\":135,\"path\":\"%s\",\"lfs\":{\"oid\":\"%s\",\"size\":9053114816}}"
                                            .formatted(file, "0f".repeat(32)))
                            .toList());
            return new MockResponse.Builder().body("[" + files + "]").build();
        }
    }

    private Terminal.Said list(String... more) {
        String[] all = new String[4 + more.length];
        all[0] = "models";
        all[1] = "catalog";
        all[2] = "--data";
        all[3] = folder.resolve("data").toString();
        System.arraycopy(more, 0, all, 4, more.length);
        return terminal.type(all);
    }

    private Terminal.Said refresh(String... more) {
        String[] all = new String[4 + more.length];
        all[0] = "catalog";
        all[1] = "refresh";
        all[2] = "--out";
        all[3] = folder.resolve("out.json").toString();
        System.arraycopy(more, 0, all, 4, more.length);
        return terminal.type(all);
    }

    private static void assertSays(Terminal.Said said, String part) {
        assertThat(said.err()).contains(part).doesNotContain("Exception");
        assertThat(said.code()).isEqualTo(ExitCode.USAGE.number());
    }
}
