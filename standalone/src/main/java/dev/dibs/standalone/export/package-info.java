/** Results of a running server as a file that is known to be whole: read, resumed, checked, stored, told of. */
package dev.dibs.standalone.export;
