package com.peerllm.desktop.tray;

import com.peerllm.desktop.home.HomeStatus;
import com.peerllm.desktop.home.HomeStatus.Action;
import com.peerllm.desktop.home.Presence;
import com.peerllm.desktop.toolkit.Messages;
import java.awt.AWTException;
import java.awt.EventQueue;
import java.awt.GraphicsEnvironment;
import java.awt.MenuItem;
import java.awt.PopupMenu;
import java.awt.SystemTray;
import java.awt.TrayIcon;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tray by AWT: JavaFX has none. The only place of the program that starts AWT, and only where there is a screen. */
public final class SystemTrayIcon implements Tray {
    private static final Logger log = LoggerFactory.getLogger(SystemTrayIcon.class);
    private static final String JAVAFX_SCREEN = "glass.platform";

    private final Messages messages;
    private final SystemTray tray;
    private final TrayIcon icon;
    private final MenuItem toggle;

    private SystemTrayIcon(Messages messages, Actions actions) throws AWTException {
        this.messages = messages;
        tray = SystemTray.getSystemTray();
        MenuItem open = new MenuItem(messages.text("tray.open"));
        open.addActionListener(chosen -> actions.open());
        toggle = new MenuItem(messages.text("tray.share"));
        toggle.addActionListener(chosen -> actions.toggle());
        MenuItem quit = new MenuItem(messages.text("tray.quit"));
        quit.addActionListener(chosen -> actions.quit());
        PopupMenu menu = new PopupMenu();
        menu.add(open);
        menu.add(toggle);
        menu.addSeparator();
        menu.add(quit);
        icon = new TrayIcon(TrayIcons.of(Presence.OFF, tray.getTrayIconSize().width));
        icon.setPopupMenu(menu);
        icon.setToolTip(messages.text("tray.name"));
        icon.addActionListener(pressed -> actions.open());
        tray.add(icon);
    }

    /**
     * The system's tray, or none where there is none.
     *
     * @param properties Java's system properties
     */
    public static Tray open(Properties properties, Messages messages, Actions actions) {
        if ("Headless".equalsIgnoreCase(properties.getProperty(JAVAFX_SCREEN))) return Tray.NONE;
        try {
            if (GraphicsEnvironment.isHeadless() || !SystemTray.isSupported()) return Tray.NONE;
            return new SystemTrayIcon(messages, actions);
        } catch (AWTException | UnsupportedOperationException | LinkageError e) {
            log.info("This system has no tray: {}", e.toString());
            return Tray.NONE;
        }
    }

    @Override
    public boolean isThere() {
        return true;
    }

    @Override
    public void show(HomeStatus status) {
        String tip = messages.text("tray.tip", status.sentence());
        String item = status.action() == Action.STOP || status.action() == Action.NONE
                ? messages.text("tray.pause")
                : messages.text("tray.share");
        EventQueue.invokeLater(() -> {
            icon.setImage(TrayIcons.of(status.presence(), tray.getTrayIconSize().width));
            icon.setToolTip(tip);
            toggle.setLabel(item);
        });
    }

    @Override
    public void tell(String title, String text) {
        EventQueue.invokeLater(() -> icon.displayMessage(title, text, TrayIcon.MessageType.NONE));
    }

    @Override
    public void close() {
        tray.remove(icon);
    }
}
