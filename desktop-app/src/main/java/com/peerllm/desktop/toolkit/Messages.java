package com.peerllm.desktop.toolkit;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;

/**
 * Every text on the screens, in the person's language; English where there is no translation.
 *
 * <p>Keys are written out where they are used, so that a test can find the missing and the unused ones.
 */
public final class Messages {
    private static final String BUNDLE = "desktop.messages";

    private final Locale locale;
    private final ResourceBundle bundle;

    public Messages(Locale locale) {
        this.locale = locale;
        this.bundle = ResourceBundle.getBundle(BUNDLE, locale, Control.getNoFallbackControl(Control.FORMAT_PROPERTIES));
    }

    /** @param values for the places {0}, {1} and so on of the text */
    public String text(String key, Object... values) {
        return new MessageFormat(bundle.getString(key), locale).format(values);
    }

    public Locale locale() {
        return locale;
    }
}
