package com.peerllm.orchestrator;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import okhttp3.tls.HeldCertificate;

/** A real nginx with the configuration of the archive, on a port of its own. */
final class RunningNginx {
    private static final Path HOME = Path.of(System.getProperty("peerllm.home"));
    private static final String AROUND = """
            daemon off;
            worker_processes 1;
            pid %1$s/nginx.pid;
            error_log %1$s/error.log;
            events {}
            http {
              access_log %1$s/access.log;
              client_body_temp_path %1$s/body;
              proxy_temp_path %1$s/proxy;
              fastcgi_temp_path %1$s/fastcgi;
              uwsgi_temp_path %1$s/uwsgi;
              scgi_temp_path %1$s/scgi;
              %2$s
            }
            """;

    private final Process process;
    private final int port;

    private RunningNginx(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** An installed one, or the one that ./peerllm has unpacked. */
    static Optional<Path> program() {
        return Stream.concat(
                        Stream.of(System.getenv("PATH").split(File.pathSeparator))
                                .map(folder -> Path.of(folder, "nginx")),
                        Stream.of(Path.of("/usr/sbin/nginx"), HOME.resolve("benchmarks/target/nginx/usr/sbin/nginx")))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts it in front of an orchestrator and returns when it listens. */
    static RunningNginx start(Path program, Path folder, HeldCertificate certificate, int orchestratorPort)
            throws IOException {
        int port = freePort();
        Path chain = Files.writeString(folder.resolve("chain.pem"), certificate.certificatePem());
        Path key = Files.writeString(folder.resolve("key.pem"), certificate.privateKeyPkcs8Pem());
        String shipped = Files.readString(HOME.resolve("orchestrator-server/src/archive/nginx/peerllm.conf"));
        String here = shipped.replace("127.0.0.1:8080", "127.0.0.1:" + orchestratorPort)
                .replace("listen 443 ssl", "listen 127.0.0.1:" + port + " ssl")
                .replace("/etc/peerllm/chain.pem", chain.toString())
                .replace("/etc/peerllm/key.pem", key.toString());
        Path file = Files.writeString(folder.resolve("nginx.conf"), AROUND.formatted(folder, here));
        Path errors = folder.resolve("error.log");
        Process process = new ProcessBuilder(List.of(
                        program.toString(), "-e", errors.toString(), "-p", folder.toString(), "-c", file.toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.log").toFile())
                .start();
        RunningNginx nginx = new RunningNginx(process, port);
        await("nginx listens").until(() -> !process.isAlive() || nginx.listens());
        if (!process.isAlive()) throw new AssertionError(Files.readString(folder.resolve("output.log")));
        return nginx;
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        }
    }

    String url() {
        return "https://127.0.0.1:" + port;
    }

    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(5, TimeUnit.SECONDS)) process.destroyForcibly();
    }
}
