package com.peerllm.desktop.toolkit;

import java.text.MessageFormat;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;

/**
 * Every text on the screens, in the person's language; English where there is no translation. Each room has a file of its own,
 * whose keys begin with the room's name.
 *
 * <p>Keys are written out where they are used, so that a test can find the missing and the unused ones.
 */
public final class Messages {
    private static final String FOLDER = "desktop.texts.";

    private final Locale locale;
    private final Map<String, String> texts = new HashMap<>();

    public Messages(Locale locale) {
        this.locale = locale;
        for (Room room : Room.values()) {
            ResourceBundle bundle = ResourceBundle.getBundle(
                    FOLDER + room.fileName(), locale, Control.getNoFallbackControl(Control.FORMAT_PROPERTIES));
            for (String key : bundle.keySet()) texts.put(key, bundle.getString(key));
        }
    }

    /** @param values for the places {0}, {1} and so on of the text */
    public String text(String key, Object... values) {
        String text = texts.get(key);
        if (text == null) throw new MissingResourceException("There is no text " + key, FOLDER, key);
        return new MessageFormat(text, locale).format(values);
    }

    public Locale locale() {
        return locale;
    }
}
