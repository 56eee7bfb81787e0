package com.peerllm.desktop;

import com.peerllm.desktop.settings.SettingsSource;
import com.peerllm.desktop.toolkit.LanguageChoice;
import com.peerllm.desktop.toolkit.ThemeChoice;
import javafx.beans.value.ObservableValue;

/** The looks of this window as Settings changes them: at once where that is possible, and kept. */
final class WindowLooks implements SettingsSource.Looks {
    private final Theme theme;
    private final Preferences preferences;
    private final boolean tray;
    private final Runnable quit;

    /** @param tray whether there is one that can show notices */
    WindowLooks(Theme theme, Preferences preferences, boolean tray, Runnable quit) {
        this.theme = theme;
        this.quit = quit;
        this.preferences = preferences;
        this.tray = tray;
    }

    @Override
    public ObservableValue<ThemeChoice> theme() {
        return theme.choiceProperty();
    }

    @Override
    public void theme(ThemeChoice choice) {
        theme.choiceProperty().set(choice);
        preferences.update(settings -> settings.withTheme(choice));
    }

    @Override
    public ObservableValue<LanguageChoice> language() {
        return preferences.currentProperty().map(DesktopSettings::language);
    }

    @Override
    public void language(LanguageChoice choice) {
        preferences.update(settings -> settings.withLanguage(choice));
    }

    @Override
    public ObservableValue<Boolean> noticeNeedsYou() {
        return preferences.currentProperty().map(DesktopSettings::noticeNeedsYou);
    }

    @Override
    public ObservableValue<Boolean> noticeDownloads() {
        return preferences.currentProperty().map(DesktopSettings::noticeDownloads);
    }

    @Override
    public void notices(boolean needsYou, boolean downloads) {
        preferences.update(settings -> settings.withNotices(needsYou, downloads));
    }

    @Override
    public ObservableValue<Boolean> closingQuits() {
        return preferences.currentProperty().map(DesktopSettings::closingQuits);
    }

    @Override
    public void closingQuits(boolean quits) {
        preferences.update(settings -> settings.withClosingQuits(quits));
    }

    @Override
    public void quit() {
        quit.run();
    }

    @Override
    public boolean hasTray() {
        return tray;
    }
}
