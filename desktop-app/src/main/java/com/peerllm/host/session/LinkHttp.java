package com.peerllm.host.session;

import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/** Makes and ends the HTTP client of the link: short connects, no delay for small frames, and the certificates to trust. */
public final class LinkHttp {
    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(10);

    private LinkHttp() {}

    /** @param ownCa a PEM file of certificates to trust besides those that the Java runtime trusts */
    public static OkHttpClient client(Optional<Path> ownCa, ThreadFactory threads) {
        OkHttpClient.Builder client = new OkHttpClient.Builder()
                .dispatcher(new Dispatcher(Executors.newThreadPerTaskExecutor(threads)))
                .protocols(List.of(Protocol.HTTP_1_1))
                .socketFactory(new PromptSockets())
                .connectTimeout(CONNECT_PATIENCE)
                .readTimeout(CONNECT_PATIENCE);
        ownCa.ifPresent(file -> trustAlso(client, file));
        return client.build();
    }

    /**
     * Makes the first client of a program quick: what it needs of the Java runtime (TLS, certificates) takes a third of a second
     * to read, and is read on a thread of its own.
     */
    public static void prepare(ThreadFactory threads) {
        threads.newThread(() -> close(client(Optional.empty(), threads))).start();
    }

    /**
     * Ends the calls of a client that {@link #client} made, and gives its connections back. No thread is interrupted: it may be
     * writing what it has received to the disk.
     */
    public static void close(OkHttpClient client) {
        client.dispatcher().cancelAll();
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }

    private static void trustAlso(OkHttpClient.Builder client, Path file) {
        try {
            X509TrustManager trust = trusting(certificates(file));
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(null, new TrustManager[] {trust}, null);
            client.sslSocketFactory(tls.getSocketFactory(), trust);
        } catch (GeneralSecurityException | IOException e) {
            throw new HostException(
                    Problem.USAGE,
                    "The certificates in " + file + " cannot be read. Give --ca a file of certificates in PEM form.",
                    e);
        }
    }

    private static List<Certificate> certificates(Path file) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            List<Certificate> own =
                    List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in));
            if (own.isEmpty()) throw new GeneralSecurityException("No certificate in the file");
            return own;
        }
    }

    private static X509TrustManager trusting(List<Certificate> own) throws IOException, GeneralSecurityException {
        List<Certificate> all = new ArrayList<>(own);
        X509Certificate[] ofTheRuntime = x509(null).getAcceptedIssuers();
        all.addAll(Arrays.asList(ofTheRuntime));
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (int i = 0; i < all.size(); i++) store.setCertificateEntry("ca-" + i, all.get(i));
        return x509(store);
    }

    /** @param store null for what the Java runtime trusts */
    private static X509TrustManager x509(KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) return x509;
        }
        throw new GeneralSecurityException("This Java runtime checks no X.509 certificates");
    }
}
