package com.peerllm.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.peerllm.orchestrator.api.HttpDoor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLException;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TlsTest {
    @TempDir
    private Path data;

    @Test
    void hostsAndConsumersSpeakToItOverTlsAndTheCommandLineStillReachesIt() throws IOException {
        HeldCertificate held = new HeldCertificate.Builder()
                .addSubjectAlternativeName("127.0.0.1")
                .build();
        Path certificate = Files.writeString(data.resolve("cert.pem"), held.certificatePem());
        Path key = Files.writeString(data.resolve("key.pem"), held.privateKeyPkcs8Pem());
        HandshakeCertificates trust = new HandshakeCertificates.Builder()
                .addTrustedCertificate(held.certificate())
                .build();
        OkHttpClient trusting = new OkHttpClient.Builder()
                .sslSocketFactory(trust.sslSocketFactory(), trust.trustManager())
                .build();
        try (TestNetwork network = new TestNetwork(
                data,
                trusting,
                Optional.of(new HttpDoor.Tls(certificate.toString(), key.toString())),
                TestNetwork.PATIENT)) {
            String apiKey = network.consumer("ann", "1.00");
            ScriptedHost.join(network.client, network.url(), (self, offer) -> self.answer(offer, "fine"));
            assertThat(network.chat(apiKey, TestNetwork.question("")).text()).isEqualTo("fine");

            Request request =
                    new Request.Builder().url(network.url() + "/healthz").build();
            assertThatThrownBy(() -> new OkHttpClient().newCall(request).execute())
                    .isInstanceOf(SSLException.class);
        }
    }
}
