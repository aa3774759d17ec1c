import { statfsSync } from 'node:fs'
import { totalmem } from 'node:os'

const MIB = 1024 * 1024

/**
 * The settings of the embedded server, given on its command line so that no edit of its files
 * undoes them. It listens on the loopback address alone and logs no statement, no parameter and no
 * value of a row.
 */
export function serverSettings(port: number, memory = memoryLimit()): string[] {
  const settings: Record<string, string | number> = {
    listen_addresses: '127.0.0.1',
    port,
    // No socket file: its path is limited to 107 bytes, and /tmp is everybody's.
    unix_socket_directories: '',
    max_connections: 100,
    password_encryption: 'scram-sha-256',

    // Bulk loads: few checkpoints, room to sort. A commit is on the disk before it is told
    // (synchronous_commit).
    shared_buffers: `${sharedBuffers(memory)}MB`,
    maintenance_work_mem: memory >= 4096 * MIB ? '512MB' : '128MB',
    work_mem: memory >= 4096 * MIB ? '64MB' : '16MB',
    synchronous_commit: 'on',
    wal_compression: 'pglz',
    wal_level: 'minimal',
    max_wal_senders: 0,
    max_wal_size: '8GB',
    checkpoint_timeout: '15min',
    wal_buffers: '16MB',
    effective_io_concurrency: 32,
    random_page_cost: 1.1,
    jit: 'off',
    dynamic_shared_memory_type: dynamicMemory(),

    // An error's text and DETAIL quote values of rows (22P02 "invalid input syntax", 23505 "Key
    // (…)=(…)"), so no statement's error is logged: `log` is above ERROR and below FATAL. Terse
    // drops DETAIL, CONTEXT and the query of a crashed backend. What went wrong in a statement is
    // told to the client that sent it.
    logging_collector: 'off',
    log_destination: 'stderr',
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_statement: 'none',
    log_min_duration_statement: -1,
    log_min_duration_sample: -1,
    log_transaction_sample_rate: 0,
    log_parameter_max_length: 0,
    log_parameter_max_length_on_error: 0,
    log_duration: 'off',
    log_lock_waits: 'off',
    log_checkpoints: 'off',
    log_connections: '',
    log_line_prefix: '%m [%p] ',
    log_timezone: 'UTC',
    timezone: 'UTC',
  }
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

/** An eighth of the memory, 128 MB to 1 GB. */
function sharedBuffers(memory: number): number {
  return Math.floor(Math.min(1024, Math.max(128, memory / 8 / MIB)))
}

function memoryLimit(): number {
  const limit = process.constrainedMemory()
  return limit > 0 && limit < totalmem() ? limit : totalmem()
}

/**
 * Containers often give /dev/shm 64 MB, too little for a parallel hash join: then files of the
 * cluster serve.
 */
function dynamicMemory(): string {
  if (process.platform === 'win32') return 'windows'
  if (process.platform !== 'linux') return 'posix'
  try {
    const { bsize, blocks } = statfsSync('/dev/shm')
    return bsize * blocks >= 1024 * MIB ? 'posix' : 'mmap'
  } catch {
    return 'mmap'
  }
}
