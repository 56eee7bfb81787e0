/** Reads what models write, in Markdown, into blocks that a screen can show. Knows no screen. */
package com.peerllm.desktop.chat.markdown;
