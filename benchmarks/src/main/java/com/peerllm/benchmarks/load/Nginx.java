package com.peerllm.benchmarks.load;

import com.peerllm.endtoend.process.Child;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** nginx as a reverse proxy in front of the {@link DirectServer}: what a hop costs at least that knows nothing of hosts. */
final class Nginx implements AutoCloseable {
    private static final String CONFIGURATION = """
            daemon off;
            worker_processes 1;
            pid %1$s/nginx.pid;
            error_log %1$s/error.log;
            events { worker_connections 8192; }
            http {
              access_log off;
              client_body_temp_path %1$s/body;
              proxy_temp_path %1$s/proxy;
              fastcgi_temp_path %1$s/fastcgi;
              uwsgi_temp_path %1$s/uwsgi;
              scgi_temp_path %1$s/scgi;
              keepalive_requests 1000000;
              upstream direct { server 127.0.0.1:%2$d; keepalive 64; keepalive_requests 1000000; }
              server {
                listen 127.0.0.1:%3$d;
                location / {
                  proxy_pass http://direct;
                  proxy_http_version 1.1;
                  proxy_set_header Connection "";
                  proxy_buffering off;
                }
              }
            }
            """;

    private final Child process;
    private final int port;

    private Nginx(Child process, int port) {
        this.process = process;
        this.port = port;
    }

    /** @return nothing, with a notice, where nginx is not installed */
    static Optional<Nginx> start(Path home, Path folder, int upstreamPort) throws IOException {
        Optional<Path> program = program(home);
        if (program.isEmpty()) {
            System.out.println(
                    "There is no nginx here: that floor is left out. ./peerllm benchmark fetches it where there is apt-get.");
            return Optional.empty();
        }
        Path own = Files.createDirectories(folder.resolve("nginx"));
        int port = freePort();
        Path file = own.resolve("nginx.conf");
        Files.writeString(file, CONFIGURATION.formatted(own, upstreamPort, port));
        List<String> command = List.of(
                program.get().toString(),
                "-e",
                own.resolve("error.log").toString(),
                "-p",
                own.toString(),
                "-c",
                file.toString());
        return Optional.of(new Nginx(Child.start("nginx", command, own, Map.of(), own.resolve("nginx.log")), port));
    }

    /** An installed one, or the one that the launcher has unpacked. */
    private static Optional<Path> program(Path home) {
        return Stream.concat(
                        Stream.of(System.getenv("PATH").split(File.pathSeparator))
                                .map(folder -> Path.of(folder, "nginx")),
                        Stream.of(Path.of("/usr/sbin/nginx"), home.resolve("benchmarks/target/nginx/usr/sbin/nginx")))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.stop(Duration.ofSeconds(5));
    }
}
