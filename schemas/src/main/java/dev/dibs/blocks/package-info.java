/** Who may not grab for a while, and why. */
package dev.dibs.blocks;
