package com.peerllm.desktop.tray;

import com.peerllm.desktop.home.Presence;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** The program's icon with a dot that says whether it shares; pale while it does not. */
final class TrayIcons {
    private static final int SOURCE_PIXELS = 64;
    private static final double DOT = 0.44;
    private static final double RIM = 0.06;

    private static final Color SHARING = new Color(0x1a, 0x7f, 0x37);
    private static final Color PAUSED = new Color(0x6e, 0x77, 0x81);
    private static final Color NEEDS_YOU = new Color(0xcf, 0x22, 0x2e);

    private TrayIcons() {}

    /** @param size of the tray's icons in pixels */
    static BufferedImage of(Presence presence, int size) {
        BufferedImage icon = new BufferedImage(size, size, BufferedImage.TYPE_INT_ARGB);
        Graphics2D pen = icon.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        pen.drawImage(mark(), 0, 0, size, size, null);
        double dot = size * DOT;
        double rim = size * RIM;
        pen.setColor(Color.WHITE);
        pen.fill(new Ellipse2D.Double(size - dot, size - dot, dot, dot));
        pen.setColor(
                switch (presence) {
                    case SHARING -> SHARING;
                    case PAUSED, OFF -> PAUSED;
                    case NEEDS_YOU -> NEEDS_YOU;
                });
        pen.fill(new Ellipse2D.Double(size - dot + rim, size - dot + rim, dot - 2 * rim, dot - 2 * rim));
        pen.dispose();
        return icon;
    }

    private static BufferedImage mark() {
        try {
            return ImageIO.read(TrayIcons.class.getResource("/desktop/icons/peerllm-" + SOURCE_PIXELS + ".png"));
        } catch (IOException e) {
            throw new UncheckedIOException("This build lacks its icon", e);
        }
    }
}
