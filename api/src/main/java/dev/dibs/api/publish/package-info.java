/** Writing facts to the log without ever blocking whoever asks for it. */
package dev.dibs.api.publish;
