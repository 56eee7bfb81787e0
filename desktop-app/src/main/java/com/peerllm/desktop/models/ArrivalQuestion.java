package com.peerllm.desktop.models;

import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/** How the files that arrived are to be taken in. Belongs to the thread of the screens. */
public final class ArrivalQuestion implements HereRow {

    /** What a person may answer. */
    public enum Answer {
        USE_WHERE_THEY_LIE,
        COPY,
        LEAVE
    }

    private final Consumer<Answer> answer;
    private final ReadOnlyStringWrapper sentence;

    ArrivalQuestion(String sentence, Consumer<Answer> answer) {
        this.sentence = new ReadOnlyStringWrapper(sentence);
        this.answer = answer;
    }

    /** Which files, and how big. */
    public ReadOnlyStringProperty sentenceProperty() {
        return sentence.getReadOnlyProperty();
    }

    void show(String now) {
        sentence.set(now);
    }

    public void answer(Answer given) {
        answer.accept(given);
    }
}
