package com.peerllm.host.platform.sensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With a real X server that has no screen, where one is installed. */
@Timeout(30)
class X11IdleTest {
    private Process server;
    private X11Idle sensor;

    @BeforeEach
    void startTheServer() throws IOException {
        Programs programs = Programs.of(System.getenv());
        assumeTrue(programs.find("Xvfb").isPresent(), "there is an X server");
        assumeTrue(librariesAreThere(), "there are the libraries of X");
        // The server picks a free number and tells it; it does not begin anew when nobody is connected, as no server of
        // a person does.
        server = programs.start("Xvfb", "-displayfd", "1", "-screen", "0", "320x200x8", "-nolisten", "tcp", "-noreset");
        String number =
                new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8)).readLine();
        assumeTrue(number != null, "the X server starts here");
        sensor = new X11Idle(":" + number);
    }

    private static boolean librariesAreThere() {
        try {
            return new X11Idle(":0").source() != null;
        } catch (UnsatisfiedLinkError e) {
            return false;
        }
    }

    @AfterEach
    void endTheServer() throws InterruptedException {
        if (server == null) return;
        server.destroy();
        server.waitFor();
    }

    @Test
    void theTimeWithoutInputGrows() throws Exception {
        Duration first = sensor.idle();
        assertThat(first).isLessThan(Duration.ofSeconds(25));
        await().until(() -> sensor.idle().compareTo(first.plusMillis(50)) >= 0);
    }

    @Test
    void aDisplayThatIsGoneIsAFailureAndNotTheEndOfTheProgram() throws Exception {
        assertThat(sensor.idle()).isNotNull();
        endTheServer();
        assertThatThrownBy(sensor::idle).isInstanceOf(IOException.class);
    }
}
