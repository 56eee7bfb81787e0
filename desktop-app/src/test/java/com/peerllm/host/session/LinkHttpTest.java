package com.peerllm.host.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.peerllm.host.kernel.HostException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkHttpTest {
    private static final String PASSWORD = "for-this-test";

    @TempDir
    Path folder;

    @Test
    void trustsAnOrchestratorWithItsOwnCertificateOnlyWhenItIsGiven() throws Exception {
        Path pem = makeCertificate();
        try (MockWebServer server = new MockWebServer()) {
            server.useHttps(tls().getSocketFactory());
            server.enqueue(new MockResponse.Builder().body("hello").build());
            server.start();
            Request request = new Request.Builder().url(server.url("/")).build();

            assertThatThrownBy(() -> call(Optional.empty(), request)).isInstanceOf(SSLException.class);
            assertThat(call(Optional.of(pem), request)).isEqualTo("hello");
        }
    }

    @Test
    void aFileWithoutCertificatesIsToldAsSuch() throws Exception {
        Path text = Files.writeString(folder.resolve("ca.pem"), "no certificate");

        assertThatThrownBy(() ->
                        LinkHttp.client(Optional.of(text), Thread.ofVirtual().factory()))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("--ca");
    }

    private static String call(Optional<Path> ca, Request request) throws Exception {
        OkHttpClient client = LinkHttp.client(ca, Thread.ofVirtual().factory());
        try (Response response = client.newCall(request).execute()) {
            return response.body().string();
        }
    }

    private Path makeCertificate() throws Exception {
        Path pem = folder.resolve("own.pem");
        keytool("-genkeypair", "-alias", "own", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "SAN=dns:localhost");
        keytool("-exportcert", "-rfc", "-alias", "own", "-file", pem.toString());
        return pem;
    }

    private void keytool(String... arguments) throws Exception {
        ProcessBuilder command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.command().addAll(java.util.List.of(arguments));
        command.command().addAll(java.util.List.of("-keystore", store().toString(), "-storepass", PASSWORD));
        Process process = command.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private Path store() {
        return folder.resolve("keys.p12");
    }

    private SSLContext tls() throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store())) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }
}
