package com.peerllm.desktop.tray;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.desktop.home.Presence;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class TrayIconsTest {

    @Test
    void aDotTellsTheThreeStatesApart() throws IOException {
        BufferedImage all = new BufferedImage(3 * 72, 72, BufferedImage.TYPE_INT_ARGB);
        int[] dots = new int[3];
        Presence[] states = {Presence.SHARING, Presence.PAUSED, Presence.NEEDS_YOU};
        for (int i = 0; i < states.length; i++) {
            BufferedImage icon = TrayIcons.of(states[i], 24);
            dots[i] = icon.getRGB(19, 19);
            all.createGraphics().drawImage(TrayIcons.of(states[i], 64), i * 72, 4, null);
        }
        assertThat(dots).doesNotHaveDuplicates().doesNotContain(0);
        Path file = Path.of("target/screenshots/tray.png");
        Files.createDirectories(file.getParent());
        ImageIO.write(all, "png", file.toFile());
    }
}
