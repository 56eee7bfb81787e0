package com.peerllm.installer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bundles for Windows and macOS hold the icons as they are drawn now; after a change: icons/render.sh. */
class IconsTest {
    private static final Path ICONS = Path.of(System.getProperty("peerllm.home"), "icons");

    @ParameterizedTest
    @CsvSource({
        "peerllm.ico,16",
        "peerllm.ico,24",
        "peerllm.ico,32",
        "peerllm.ico,48",
        "peerllm.ico,256",
        "peerllm.icns,16",
        "peerllm.icns,32",
        "peerllm.icns,128",
        "peerllm.icns,512"
    })
    void bundlesHoldThePictures(String bundle, int pixels) throws Exception {
        assertThat(text(bundle)).contains(text("peerllm-" + pixels + ".png"));
    }

    private static String text(String file) throws Exception {
        return new String(Files.readAllBytes(ICONS.resolve(file)), StandardCharsets.ISO_8859_1);
    }
}
