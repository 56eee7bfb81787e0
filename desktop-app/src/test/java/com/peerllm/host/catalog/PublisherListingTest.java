package com.peerllm.host.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.OkHttpClient;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against a local server that speaks the publisher's API, well and badly. */
@Timeout(30)
class PublisherListingTest {
    private static final String FILE = """
            {"type":"file","oid":"0a1b","size":134,"path":"%s","lfs":{"oid":"%s","size":%d,"pointerSize":134}}""";

    private final MockWebServer server = new MockWebServer();
    private final List<Duration> rests = new ArrayList<>();
    private PublisherListing listing;
    private Publisher publisher;

    @BeforeEach
    void aPublisher() throws Exception {
        server.start();
        publisher = Publisher.parse(server.url("/").toString());
        listing = new PublisherListing(new OkHttpClient(), rests::add);
    }

    @AfterEach
    void closed() {
        server.close();
    }

    @Test
    void readsSizeAndDigestOfTheContentNotOfItsPointer() throws Exception {
        answer("[" + file("model.gguf", "ab", 4_000_000_000L)
                + ",{\"type\":\"directory\",\"oid\":\"1\",\"size\":0,\"path\":\"folder\"}"
                + ",{\"type\":\"file\",\"oid\":\"2\",\"size\":12,\"path\":\"README.md\"}]");

        Map<String, ListedFile> files = read();

        assertThat(files).containsOnlyKeys("model.gguf", "README.md");
        assertThat(files.get("model.gguf").sizeBytes()).isEqualTo(4_000_000_000L);
        assertThat(files.get("model.gguf").digest().orElseThrow().hex()).isEqualTo("ab".repeat(32));
        assertThat(files.get("README.md").digest()).isEmpty();
        assertThat(server.takeRequest().getTarget()).isEqualTo("/api/models/owner/name/tree/main?recursive=true");
    }

    @Test
    void readsAllPages() {
        server.enqueue(new MockResponse.Builder()
                .addHeader("Link", "</api/models/owner/name/tree/main?recursive=true&cursor=x>; rel=\"next\"")
                .body("[" + file("one.gguf", "aa", 1) + "]")
                .build());
        answer("[" + file("two.gguf", "bb", 2) + "]");

        assertThat(read()).containsOnlyKeys("one.gguf", "two.gguf");
    }

    @Test
    void followsARenamedRepositoryButNeverToAnotherHost() {
        server.enqueue(moved("/api/models/owner/renamed/tree/main?recursive=true"));
        answer("[" + file("model.gguf", "aa", 1) + "]");
        assertThat(read()).containsOnlyKeys("model.gguf");

        server.enqueue(moved("http://elsewhere.example/api/models/owner/name/tree/main"));
        assertFails("sends elsewhere, which is not followed");
    }

    @Test
    void aCircleOfRedirectsEnds() {
        for (int i = 0; i < 7; i++) server.enqueue(moved("/api/models/owner/name/tree/main"));

        assertFails("HTTP 307");
    }

    @Test
    void waitsAsLongAsItIsAskedWhenThereWereTooManyRequests() {
        server.enqueue(busy(429, "7"));
        server.enqueue(busy(503, "soon"));
        answer("[" + file("model.gguf", "aa", 1) + "]");

        assertThat(read()).hasSize(1);
        assertThat(rests).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(5));
    }

    @Test
    void doesNotWaitForeverOrAgainAndAgain() {
        for (int i = 0; i < 4; i++) server.enqueue(busy(429, "999999"));

        assertFails("is busy; try again later");
        assertThat(rests).hasSize(3).allSatisfy(rest -> assertThat(rest).isLessThanOrEqualTo(Duration.ofMinutes(2)));
    }

    @Test
    void aWaitCanBeCancelled() {
        server.enqueue(busy(429, "60"));
        PublisherListing cancelled = new PublisherListing(new OkHttpClient(), rest -> {
            throw new CancellationException();
        });

        assertThatThrownBy(() -> cancelled.read(publisher.listing("owner/name")))
                .isInstanceOf(CancellationException.class);
    }

    @Test
    void saysWhenTheRepositoryIsNotThereOrNotForEverybody() {
        server.enqueue(new MockResponse.Builder().code(404).build());
        assertFails("has no such repository");
        server.enqueue(new MockResponse.Builder().code(401).build());
        assertFails("does not let everybody read this repository");
    }

    @Test
    void anAnswerThatIsNoListIsRefused() {
        for (String body : List.of(
                "<html>sign in</html>",
                "{\"error\":\"no\"}",
                "[{\"type\":\"file\",\"path\":\"a.gguf\"}]",
                "[{\"type\":\"file\",\"path\":\"a.gguf\",\"size\":1,\"lfs\":{\"oid\":\"not a digest\",\"size\":1}}]",
                "[")) {
            answer(body);
            assertFails("answers with something that is no list of files");
        }
    }

    @Test
    void aHugeAnswerIsNotReadToItsEnd() {
        server.enqueue(new MockResponse.Builder()
                .body(new Buffer().write(new byte[(8 << 20) + 1]))
                .build());

        assertFails("answers with more than a list can be");
    }

    @Test
    void aMirrorIsGivenByItsAddressAndPlaintextOnlyOnThisComputer() {
        assertThat(Publisher.parse("https://mirror.example/hub/").file("a/b", "c.gguf"))
                .hasToString("https://mirror.example/hub/a/b/resolve/main/c.gguf");
        assertThat(Publisher.HUB.listing("a/b")).hasToString("https://huggingface.co/api/models/a/b/tree/main");
        for (String bad : List.of("http://mirror.example", "ftp://mirror.example", "mirror", "https://", "a b")) {
            assertThatThrownBy(() -> Publisher.parse(bad))
                    .as(bad)
                    .isInstanceOfSatisfying(
                            HostException.class, e -> assertThat(e.problem()).isEqualTo(Problem.USAGE));
        }
    }

    private Map<String, ListedFile> read() {
        return listing.read(publisher.listing("owner/name"));
    }

    private void assertFails(String part) {
        assertThatThrownBy(this::read)
                .isInstanceOfSatisfying(
                        HostException.class, e -> assertThat(e.problem()).isEqualTo(Problem.PUBLISHER))
                .hasMessageContaining(part);
    }

    private void answer(String body) {
        server.enqueue(new MockResponse.Builder().body(body).build());
    }

    private static MockResponse moved(String location) {
        return new MockResponse.Builder()
                .code(307)
                .addHeader("Location", location)
                .build();
    }

    private static MockResponse busy(int code, String retryAfter) {
        return new MockResponse.Builder()
                .code(code)
                .addHeader("Retry-After", retryAfter)
                .build();
    }

    private static String file(String path, String byteOfDigest, long size) {
        return FILE.formatted(path, byteOfDigest.repeat(32), size);
    }
}
